package org.kanqian.api.receipt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Signs receipts with Ed25519 (RFC 8032). The key pair lies in the data folder, readable by its
 * owner alone, and is made when it is first needed.
 */
public final class Signer {
    private static final String FILE = "receipt-key";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private Signer(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A signer whose key is not kept: for one answer on the command line, and for tests. */
    public static Signer passing() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new Signer(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The signer of a data folder.
     *
     * @throws IllegalStateException if the key file is damaged: a new key would orphan old receipts
     */
    public static Signer in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                keep(file, passing());
            }
            String[] lines = Files.readString(file).strip().split("\n");
            KeyFactory keys = KeyFactory.getInstance("Ed25519");
            Base64.Decoder decoder = Base64.getDecoder();
            return new Signer(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines[0]))),
                    keys.generatePublic(new X509EncodedKeySpec(decoder.decode(lines[1]))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("receipt key " + file + " cannot be read", e);
        }
    }

    private static void keep(Path file, Signer made) throws IOException {
        Base64.Encoder encoder = Base64.getEncoder();
        String content =
                encoder.encodeToString(made.privateKey.getEncoded())
                        + "\n"
                        + encoder.encodeToString(made.publicKey.getEncoded())
                        + "\n";
        FileAttribute<?>[] ownerOnly =
                Files.getFileStore(file.toAbsolutePath().getParent())
                                .supportsFileAttributeView("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path part =
                Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".part", ownerOnly);
        Files.writeString(part, content, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            // Two servers may start on one folder: the first key made is the key.
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(part);
        }
    }

    /** Short name of the key: the start of its public half's hash. */
    public String keyId() {
        return CanonicalJson.hash(publicKeyText()).substring(7, 23);
    }

    /** The public key, X.509 in Base64. */
    public String publicKeyText() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    /** Signature of a text in UTF-8, in Base64. */
    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this key signed that text; false for anything that is no signature. */
    public boolean verifies(String text, String signed) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(publicKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
