import type { StoreFault } from '../../../inputs/key-files.ts';

/** Ends the reading of one store. */
export class StoreError extends Error {
  readonly fault: StoreFault;

  constructor(fault: StoreFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/** A password that does not open what it should. Which one it was is known to the caller. */
export class WrongPasswordError extends Error {}

/** Encrypted by something that is not understood; named as in its standard. */
export class UnknownCipherError extends Error {
  readonly cipher: string;

  constructor(cipher: string) {
    super(cipher);
    this.cipher = cipher;
  }
}
