import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.security.KeyStore;

/** Copies a PKCS12 store of one key and gives the key a password of its own. Arguments: from, to, store, key password. */
public class TwoPasswords {
  public static void main(String[] args) throws Exception {
    char[] password = args[2].toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(args[0])) {
      store.load(in, password);
    }
    String alias = store.aliases().nextElement();
    store.setKeyEntry(alias, store.getKey(alias, password), args[3].toCharArray(), store.getCertificateChain(alias));
    try (FileOutputStream out = new FileOutputStream(args[1])) {
      store.store(out, password);
    }
  }
}
