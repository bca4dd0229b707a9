/** What the inputs ask about files of keys and certificates; answered by `adapters/files/key-stores/`. */
export interface KeyFiles {
  readonly readStore: (path: string, request: StoreRequest) => StoreReading;
  /** @param password null: none given. */
  readonly judgeKey: (pem: string, password: string | null) => KeyVerdict;
  /** Whether the first certificate is that of the key, which must be one that `judgeKey` found usable. */
  readonly judgePair: (certificates: string, key: string, password: string | null) => PairVerdict;
  readonly judgeCertificates: (pem: string) => CertificatesVerdict;
}

export interface StoreRequest {
  readonly holds: 'trusted' | 'key';
  /** `ssl.*.type` as given; null: the content decides. */
  readonly type: string | null;
  readonly password: string | null;
  /** null: that of the store. */
  readonly keyPassword: string | null;
}

export type StoreReading =
  /** Still unchecked, possibly with an encrypted key. */
  | { readonly kind: 'pem'; readonly text: string }
  /** `key` is not encrypted, and null where trusted certificates were asked for. */
  | { readonly kind: 'store'; readonly certificates: string; readonly key: string | null }
  | { readonly kind: 'fault'; readonly fault: StoreFault };

export type StoreFault =
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** `seen` is what it is, e.g. `a certificate in DER`. */
  | { readonly kind: 'other-format'; readonly seen: string; readonly hint: string }
  /** Not what `ssl.*.type` says. */
  | { readonly kind: 'other-type'; readonly seen: string }
  | { readonly kind: 'unknown-type' }
  | { readonly kind: 'damaged'; readonly format: string }
  | { readonly kind: 'password-missing' }
  | { readonly kind: 'password-wrong' }
  | { readonly kind: 'key-password-wrong' }
  | { readonly kind: 'unknown-cipher'; readonly cipher: string }
  | { readonly kind: 'no-key'; readonly aliases: readonly string[] }
  | { readonly kind: 'several-keys'; readonly aliases: readonly string[] }
  | { readonly kind: 'no-certificate'; readonly aliases: readonly string[] }
  | { readonly kind: 'nothing-trusted' };

export type KeyVerdict = 'usable' | 'wrong-password' | 'old-cipher' | 'unreadable';

export type PairVerdict = 'match' | 'not-first' | 'other';

export type CertificatesVerdict =
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'read';
      readonly count: number;
      /** Days (`2026-01-31`) of those whose time is over, or has not come. */
      readonly expired: readonly string[];
      readonly notYetValid: readonly string[];
    };
