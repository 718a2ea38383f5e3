package dev.vitrine.data;

/**
 * A file that mirrors offer.
 *
 * @param name its name, at the mirrors and on the disk
 * @param size its bytes
 * @param md5 its MD5 sum, 32 small hexadecimal digits
 */
public record RemoteFile(String name, long size, String md5) {}
