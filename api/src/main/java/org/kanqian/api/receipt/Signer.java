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
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Signs receipts with Ed25519 (RFC 8032). The key pair lies in the data folder, readable by its
 * owner alone, and is made when it is first needed.
 */
public final class Signer {
    private static final String ALGORITHM = "Ed25519";
    private static final String FILE = "receipt-key";
    private static final String PEM_START = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private Signer(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A signer whose key is not kept: for one answer on the command line, and for tests. */
    public static Signer passing() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
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
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
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

    /**
     * The signer of a private key an administrator made: {@code openssl genpkey -algorithm
     * ed25519}.
     *
     * @throws IllegalStateException if the file holds no such key
     */
    public static Signer of(Path pem) {
        try {
            String text = Files.readString(pem, StandardCharsets.US_ASCII);
            int start = text.indexOf(PEM_START);
            int end = text.indexOf(PEM_END);
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("no " + PEM_START);
            }
            byte[] encoded =
                    Base64.getMimeDecoder().decode(text.substring(start + PEM_START.length(), end));
            PrivateKey privateKey =
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new Signer(privateKey, publicHalf(privateKey));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("receipt key " + pem + " cannot be read", e);
        }
    }

    /**
     * The public key that belongs to a private one. The JDK has no call for it; its generator,
     * given the private key as its only randomness, makes the same pair again.
     */
    private static PublicKey publicHalf(PrivateKey privateKey) throws GeneralSecurityException {
        byte[] seed =
                ((EdECPrivateKey) privateKey)
                        .getBytes()
                        .orElseThrow(() -> new GeneralSecurityException("key without its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
        KeyPair pair = generator.generateKeyPair();
        if (!Arrays.equals(pair.getPrivate().getEncoded(), privateKey.getEncoded())) {
            throw new GeneralSecurityException("public key cannot be derived");
        }
        return pair.getPublic();
    }

    /** Randomness that is none. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] filled) {
            System.arraycopy(bytes, 0, filled, 0, Math.min(bytes.length, filled.length));
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
            Signature signature = Signature.getInstance(ALGORITHM);
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
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(publicKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
