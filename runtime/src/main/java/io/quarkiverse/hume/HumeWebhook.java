package io.quarkiverse.hume;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Verifies webhooks, so that only those that Hume signed reach a JAX-RS resource method of Quarkus REST. On a class or
 * interface, the annotation applies to every resource method declared there; an annotation on a method takes precedence.
 * <p>
 * The headers {@code X-Hume-AI-Webhook-Signature} and {@code X-Hume-AI-Webhook-Timestamp} are checked against the bytes of the
 * body before anything is parsed. A rejected webhook reaches neither the method nor its request filters, except those with
 * {@code @PreMatching}. It is answered with status 401, with 400 if the headers are malformed, with 413 or 408 if the body is
 * too large or too slow, or with 503 if it cannot be verified now, and with a body of type {@code application/problem+json}.
 * The reason is logged; within a minute, only the first rejection for a reason is logged in full. A webhook with a signature
 * that was accepted before is rejected, unless the method threw an exception or answered with 408, 425, 429 or a server error,
 * or the connection ended before the answer was complete.
 * <p>
 * The method may have a body parameter of any type, but no form parameters. The body is held in memory, up to {@code
 * hume.webhook.max-body-size}, and has to be complete within {@code hume.webhook.body-timeout}. No thread is blocked while the
 * body arrives.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface HumeWebhook {

    /**
     * The account with whose keys Hume signs the webhooks, such as {@code "cloud"} for {@code
     * hume.accounts."cloud".webhook.signing-key}. If the account has no key for verification, the application does not start;
     * in test mode, it starts, and the webhooks are rejected.
     */
    String account() default HumeAccount.DEFAULT;
}
