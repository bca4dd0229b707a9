/** What the caller answers when a file is to be read; `error` is a short reason such as `no such file`, without the path. */
export type FileText = { readonly text: string } | { readonly error: string };
