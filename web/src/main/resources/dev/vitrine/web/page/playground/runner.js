// The loop: so many steps a picture, sixty pictures a second where the machine can.

export const SPEEDS = { slow: "a step, thrice a second", step: "a step a picture", epoch: "an epoch a picture", fast: "as fast as it goes" };

/** A picture has some 16 ms, of which drawing wants its part. */
const MOST = 8;

export class Runner {
  constructor(lab, drawn) {
    this.lab = lab;
    this.drawn = drawn;
    this.running = false;
    this.speed = "epoch";
  }

  start() {
    if (!this.running) {
      this.running = true;
      // One that stands at its stop goes beyond it: who presses Run wants it to run.
      this.beyond = this.lab.settings.stop > 0 && this.lab.training.epoch >= this.lab.settings.stop;
      this.last = 0;
      this.ask();
    }
  }

  stop() {
    if (this.running) {
      this.running = false;
      cancelAnimationFrame(this.asked);
      this.drawn();
    }
  }

  /** One step, or to the end of the epoch. */
  one(what) {
    const { lab } = this;
    do {
      lab.step();
    } while (what === "epoch" && lab.training.step % lab.training.stepsPerEpoch !== 0 && !lab.wrong && !lab.training.done);
    this.drawn();
  }

  ask() {
    this.asked = requestAnimationFrame((now) => this.picture(now));
  }

  get over() {
    const { lab } = this;
    return lab.train.length === 0 || (lab.done && !(this.beyond && !lab.wrong && !lab.training.done));
  }

  picture(now) {
    if (this.speed !== "slow" || now - this.last >= 333) {
      this.last = now;
      const until = performance.now() + MOST;
      const { training } = this.lab;
      const steps = { slow: 1, step: 1, epoch: training.stepsPerEpoch, fast: Infinity }[this.speed];
      for (let i = 0; i < steps && !this.over && performance.now() < until; i++) {
        this.lab.step();
      }
      this.drawn();
    }
    if (this.over) {
      this.stop();
    } else if (this.running) {
      this.ask();
    }
  }
}
