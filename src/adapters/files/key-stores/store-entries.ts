/** What a store holds, whatever its format. */
export interface StoreEntries {
  readonly keys: readonly KeyEntry[];
  readonly trusted: readonly Buffer[];
  /** Of the trusted certificates, for messages. */
  readonly trustedAliases: readonly string[];
}

export interface KeyEntry {
  readonly alias: string;
  /** X.509 in DER, that of the key first; none: the store holds none for it. */
  readonly chain: readonly Buffer[];
  /**
   * PKCS#8 in DER, not encrypted.
   * @throws WrongPasswordError, UnknownCipherError
   */
  readonly decrypt: (password: string) => Buffer;
}
