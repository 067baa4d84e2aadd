package io.quarkiverse.hume.deployment.rest;

import java.util.List;

import org.jboss.jandex.AnnotationValue;

import io.quarkiverse.hume.runtime.credential.RequestCredential;

/** Recognizes the headers in which a request to Hume carries its credential. */
public final class CredentialHeader {

    private static final List<String> NAMES = List.of(RequestCredential.AUTHORIZATION_HEADER, RequestCredential.API_KEY_HEADER);

    private CredentialHeader() {
    }

    /**
     * @param header in any case; {@code null} if an annotation names none
     * @return the name as the documentation spells it; {@code null} if the header carries no credential
     */
    public static String of(AnnotationValue header) {
        return header == null ? null : of(header.asString());
    }

    /** @return the name as the documentation spells it; {@code null} if the header carries no credential */
    public static String of(String header) {
        return NAMES.stream().filter(name -> name.equalsIgnoreCase(header)).findFirst().orElse(null);
    }

    /** @param variable a name in Java, from which the REST client derives the header: {@code xHumeApiKey} */
    public static String ofVariable(String variable) {
        return NAMES.stream().filter(name -> name.replace("-", "").equalsIgnoreCase(variable)).findFirst().orElse(null);
    }
}
