package io.quarkiverse.hume;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;

/**
 * Selects the beans of a named account, such as {@code @HumeAccount("cloud") HumeTokens}. Without it, an injection point
 * gets those of the default account.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER })
public @interface HumeAccount {

    /** The name of the default account, the one configured directly under {@code hume}. */
    String DEFAULT = "<default>";

    /** The name of the account, as in {@code hume.accounts."name"}. */
    String value() default DEFAULT;

    /** For programmatic look-up: {@code Instance.select(HumeAccount.Literal.of("cloud"))}. */
    final class Literal extends AnnotationLiteral<HumeAccount> implements HumeAccount {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** @param account the name of the account; never {@code null} */
        public static Literal of(String account) {
            return new Literal(account);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
