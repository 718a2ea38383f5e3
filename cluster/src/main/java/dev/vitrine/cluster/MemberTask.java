package dev.vitrine.cluster;

import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** A member as Spark runs it: one task of a barrier stage. */
final class MemberTask extends AbstractFunction1<Iterator<Integer>, Iterator<Integer>>
    implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final Assignment assignment;

  MemberTask(Assignment assignment) {
    this.assignment = assignment;
  }

  @Override
  public Iterator<Integer> apply(Iterator<Integer> nothing) {
    TaskContext task = TaskContext.get();
    new Member(assignment, task.partitionId(), task.cpus()).run();
    return nothing;
  }
}
