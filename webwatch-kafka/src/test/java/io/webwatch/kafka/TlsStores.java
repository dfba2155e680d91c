package io.webwatch.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Creates key stores with self-signed certificates, and trust stores for them, with the JDK's keytool. */
final class TlsStores {
    static final String PASSWORD = "store-secret";

    private final Path directory;

    TlsStores(Path directory) {
        this.directory = directory;
    }

    /** Creates a key store with a new key and certificate for a server with the given address. */
    Path keyStore(String name, String address) throws IOException {
        Path store = directory.resolve(name + ".keys.p12");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=" + address,
                "-validity",
                "3");
        return store;
    }

    /** Creates a trust store with the certificate of the given key store. */
    Path trustStore(Path keyStore) throws IOException {
        Path certificate = directory.resolve(keyStore.getFileName() + ".pem");
        Path store = directory.resolve(keyStore.getFileName() + ".trust.p12");
        keytool(keyStore, "-exportcert", "-rfc", "-alias", "server", "-file", certificate.toString());
        keytool(store, "-importcert", "-noprompt", "-alias", "server", "-file", certificate.toString());
        return store;
    }

    private void keytool(Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = directory.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                keytool.destroyForcibly();
                throw new IOException("keytool failed, see " + log + ": " + List.of(arguments));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
