import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Makes an authority, a second one that nobody trusts, and the certificates of all cells, by keytool in this one JVM.
 * For each: <name>.pem (certificate), <name>-key.pem (PKCS#8), <name>.p12 and <name>.jks (key and chain); for the
 * authorities also <name>-trust.p12 and <name>-trust.jks. The password of all stores is in BED_STORE_PASSWORD.
 */
public class Authority {
    private static final String PASSWORD = System.getenv("BED_STORE_PASSWORD");
    private static final String HERE = "SAN=ip:127.0.0.1,dns:localhost";
    private static Path folder;

    public static void main(String[] args) throws Exception {
        folder = Path.of(args[0]);
        for (String name : List.of("ca", "unknown-ca")) {
            make(name, "CN=Test bed " + name, null, "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign,cRLSign");
        }
        String host = HERE + ",dns:connect.bed.test";
        make("server", "CN=localhost", "ca", "-ext", host);
        make("expired-server", "CN=localhost", "ca", "-ext", HERE, "-startdate", "-30d", "-validity", "10");
        make("other-host-server", "CN=elsewhere.example", "ca", "-ext", "SAN=dns:elsewhere.example");
        make("unknown-ca-server", "CN=localhost", "unknown-ca", "-ext", HERE);
        make("client", "CN=migrator", "ca", "-ext", "eku=clientAuth");
        make("unknown-ca-client", "CN=stranger", "unknown-ca", "-ext", "eku=clientAuth");
        make("expired-client", "CN=late-migrator", "ca", "-ext", "eku=clientAuth", "-startdate", "-30d", "-validity", "10");
        KeyStore all = KeyStore.getInstance(folder.resolve("all.p12").toFile(), PASSWORD.toCharArray());
        for (String name : java.util.Collections.list(all.aliases())) write(all, name);
        Files.delete(folder.resolve("all.p12"));
    }

    private static void make(String name, String subject, String signer, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", subject,
            "-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12", "-storepass", PASSWORD,
            "-keystore", folder.resolve("all.p12").toString()));
        if (signer != null) args.addAll(List.of("-signer", signer));
        if (!List.of(more).contains("-validity")) args.addAll(List.of("-startdate", "-1d", "-validity", "3650"));
        args.addAll(List.of(more));
        sun.security.tools.keytool.Main.main(args.toArray(String[]::new));
    }

    private static void write(KeyStore all, String name) throws Exception {
        char[] password = PASSWORD.toCharArray();
        Key key = all.getKey(name, password);
        Certificate[] chain = all.getCertificateChain(name);
        pem(name + ".pem", "CERTIFICATE", chain[0].getEncoded());
        pem(name + "-key.pem", "PRIVATE KEY", key.getEncoded());
        for (String type : List.of("PKCS12", "JKS")) {
            String ending = type.equals("JKS") ? ".jks" : ".p12";
            KeyStore own = KeyStore.getInstance(type);
            own.load(null, password);
            own.setKeyEntry(name, key, password, chain);
            store(own, name + ending);
            if (chain.length > 1) continue;
            KeyStore trust = KeyStore.getInstance(type);
            trust.load(null, password);
            trust.setCertificateEntry(name, chain[0]);
            store(trust, name + "-trust" + ending);
        }
    }

    private static void store(KeyStore keys, String file) throws Exception {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            keys.store(out, PASSWORD.toCharArray());
        }
    }

    private static void pem(String file, String label, byte[] content) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(folder.resolve(file), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
