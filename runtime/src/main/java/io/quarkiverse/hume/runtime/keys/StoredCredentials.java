package io.quarkiverse.hume.runtime.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkus.arc.Arc;
import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Reads keys from a credential store through a {@link CredentialsProvider}, which extensions such as that for Vault provide.
 */
public final class StoredCredentials {

    private static final String API_KEY = "api-key";
    private static final String SECRET_KEY = "secret-key";

    private final String account;
    private final String prefix;
    private final String name;

    /**
     * @param prefix the prefix of the account's properties, with the final dot
     * @param name the name of the keys in the store
     */
    StoredCredentials(String account, String prefix, String name) {
        this.account = account;
        this.prefix = prefix;
        this.name = name;
    }

    /** Returns the candidates: the bean of this name or, without a name, all beans of the type. */
    public static Instance<CredentialsProvider> providers(Optional<String> beanName) {
        return beanName.isPresent() ? Arc.container().select(CredentialsProvider.class, NamedLiteral.of(beanName.get()))
                : Arc.container().select(CredentialsProvider.class);
    }

    /**
     * The store as messages name it: a noun phrase in lower case, which can begin a sentence when its first letter is
     * capitalized.
     */
    public static String describe(String prefix, String name) {
        return "the credentials provider \"" + name + "\" (" + prefix + "credentials-provider)";
    }

    /**
     * The current keys of the store. The bean is looked up and called on a worker thread, since either may block.
     *
     * @return fails with a {@link HumeAuthenticationException} that contains nothing of the store's message
     */
    Uni<HumeCredentials> read(Optional<String> beanName) {
        return Uni.createFrom().item(() -> providers(beanName).get())
                .chain(provider -> provider.getCredentialsAsync(name))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(this::credentials)
                .onFailure(failure -> !(failure instanceof HumeAuthenticationException)).transform(this::failed);
    }

    private HumeCredentials credentials(Map<String, String> stored) {
        if (stored == null) {
            throw missing("has no entry of that name");
        }
        boolean ours = stored.get(API_KEY) != null || stored.get(SECRET_KEY) != null;
        String user = stored.get(CredentialsProvider.USER_PROPERTY_NAME);
        String password = stored.get(CredentialsProvider.PASSWORD_PROPERTY_NAME);
        // A store for databases returns a user and a password, or only the password if there is a single secret.
        String apiKey = ours ? stored.get(API_KEY) : user != null ? user : password;
        String secretKey = ours ? stored.get(SECRET_KEY) : user != null ? password : null;
        if (apiKey == null) {
            throw missing("has no " + API_KEY + ", only " + new TreeSet<>(stored.keySet()));
        }
        try {
            HumeCredentials keys = secretKey == null ? HumeCredentials.ofApiKey(apiKey)
                    : HumeCredentials.of(apiKey, secretKey);
            String expiresAt = stored.get(CredentialsProvider.EXPIRATION_TIMESTAMP_PROPERTY_NAME);
            return expiresAt == null ? keys : keys.expiringAt(instant(expiresAt));
        } catch (IllegalArgumentException e) {
            throw new HumeAuthenticationException(Reason.INVALID_CREDENTIALS, account, sentence("has keys that cannot be used: "
                    + e.getMessage()));
        } catch (DateTimeException e) {
            throw new HumeAuthenticationException(Reason.INVALID_CREDENTIALS, account, sentence("has an "
                    + CredentialsProvider.EXPIRATION_TIMESTAMP_PROPERTY_NAME
                    + " that is no instant of ISO 8601 such as 2030-01-31T12:00:00Z. Correct it or leave it out"));
        }
    }

    private static Instant instant(String text) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    }

    private HumeAuthenticationException missing(String what) {
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account, sentence(what + ". Store the API key as "
                + API_KEY + " and, for access tokens, the secret key as " + SECRET_KEY));
    }

    /** Describes the failure by the names of its classes only, because a message of the store may contain secrets. */
    private HumeAuthenticationException failed(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new HumeAuthenticationException(Reason.MISSING_CREDENTIALS, account, sentence("failed with "
                + failure.getClass().getName() + (root == failure ? "" : ", caused by " + root.getClass().getName())
                + ". Check that the store can be reached and lets this application read the keys"));
    }

    private String sentence(String predicate) {
        String subject = describe(prefix, name);
        return "T" + subject.substring(1) + " " + predicate;
    }
}
