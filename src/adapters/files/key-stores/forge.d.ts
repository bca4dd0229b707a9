/** The parts of node-forge 1.4 that are used. Its bytes are strings of one character a byte (latin1). */
declare module 'node-forge/lib/asn1.js' {
  export interface Asn1Value {
    readonly tagClass: number;
    readonly type: number;
    readonly constructed: boolean;
    readonly value: string | readonly Asn1Value[];
  }
  const asn1: {
    fromDer(bytes: string, options: { strict: boolean; parseAllBytes: boolean; decodeBitStrings: boolean }): Asn1Value;
    toDer(value: Asn1Value): { getBytes(): string };
    derToOid(bytes: string): string;
  };
  export default asn1;
}

declare module 'node-forge/lib/rc2.js' {
  interface ForgeBuffer {
    getBytes(): string;
    putBytes(bytes: string): ForgeBuffer;
  }
  const rc2: {
    createDecryptionCipher(
      key: string,
      effectiveBits: number,
    ): {
      start(iv: string, output: null): void;
      update(input: ForgeBuffer): void;
      /** False: the padding is wrong. */
      finish(): boolean;
      readonly output: ForgeBuffer;
    };
  };
  export default rc2;
}

declare module 'node-forge/lib/util.js' {
  const util: { createBuffer(bytes: string): import('node-forge/lib/rc2.js').ForgeBuffer };
  export default util;
}
