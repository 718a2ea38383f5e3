// Vitrine's random numbers, bit for bit those of dev.vitrine.random: Philox 4×32-10 (Salmon et al., 2011), addressed by an
// index, its key mixed from seed, purpose and step. So a seed gives the weights and the orders here that it gives the commands.

const ALL = (1n << 64n) - 1n;

/** The finaliser of SplitMix64. */
function mix(z) {
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & ALL;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & ALL;
  return z ^ (z >> 31n);
}

/** FNV-1a over UTF-16 units. */
function number(purpose) {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < purpose.length; i++) {
    hash = ((hash ^ BigInt(purpose.charCodeAt(i))) * 0x100000001b3n) & ALL;
  }
  return hash;
}

/** The upper half of a product of two 32-bit numbers. */
function high(a, b) {
  const al = a & 0xffff, ah = a >>> 16, bl = b & 0xffff, bh = b >>> 16;
  const first = ah * bl + ((al * bl) >>> 16);
  const second = al * bh + (first & 0xffff);
  return (ah * bh + (first >>> 16) + (second >>> 16)) >>> 0;
}

class RandomStream {
  constructor(key) {
    this.k0 = Number(key & 0xffffffffn);
    this.k1 = Number(key >> 32n);
    this.low = 0;
    this.high = 0;
  }

  /** 64 bits of index `i` (below 2³²), into `low` and `high`. */
  draw(i) {
    let c0 = i >>> 0, c1 = 0, c2 = 0, c3 = 0, k0 = this.k0, k1 = this.k1;
    for (let round = 0; round < 10; round++) {
      const n0 = high(0xcd9e8d57, c2) ^ c1 ^ k0;
      const n2 = high(0xd2511f53, c0) ^ c3 ^ k1;
      c1 = Math.imul(0xcd9e8d57, c2) >>> 0;
      c3 = Math.imul(0xd2511f53, c0) >>> 0;
      c0 = n0 >>> 0;
      c2 = n2 >>> 0;
      k0 = (k0 + 0x9e3779b9) >>> 0;
      k1 = (k1 + 0xbb67ae85) >>> 0;
    }
    this.low = c0;
    this.high = c1;
  }

  /** In [from, to). */
  uniform(i, from = 0, to = 1) {
    this.draw(i);
    return from + (to - from) * (this.high * 2 ** 21 + (this.low >>> 11)) * 2 ** -53;
  }

  /** By Box and Muller. */
  normal(i) {
    this.draw(i);
    return Math.sqrt(-2 * Math.log((this.high + 0.5) * 2 ** -32)) * Math.cos(2 * Math.PI * this.low * 2 ** -32);
  }

  /** 0 … n − 1 in an order; n below 2²⁰, so that no double rounds. */
  permutation(n) {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      this.draw(i);
      const bound = i + 1;
      const j = Math.floor((this.high * bound + Math.floor((this.low * bound) / 2 ** 32)) / 2 ** 32);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}

/** The random numbers of a purpose at a step of it. */
export function stream(seed, purpose, step = 0) {
  const at = mix((BigInt(step) + 0x9e3779b97f4a7c15n) & ALL);
  return new RandomStream(mix((BigInt(seed) & ALL) ^ mix(number(purpose)) ^ at));
}
