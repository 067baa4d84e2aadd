package io.quarkiverse.hume.emulator;

/** A cloud service's answer to input it cannot work with. */
final class CloudErrors {

    // The whole body, for both services.
    private static final int LARGEST_UPLOAD = 25_000_000;

    private CloudErrors() {
    }

    /** @param parameter a JSON pointer into the request, or the name of a part or query parameter; may be null */
    static RefusedRequest refused(String code, String message, String parameter) {
        return new RefusedRequest(Platform.serviceError(400, code, message, parameter));
    }

    /** The parts of an upload, with exactly one called {@code file}. */
    static Multipart upload(ReceivedRequest request, boolean namesParts) {
        if (request.body().length() > LARGEST_UPLOAD) {
            throw new RefusedRequest(Platform.serviceError(413, "payload_too_large",
                    "The body is larger than " + LARGEST_UPLOAD + " bytes", null));
        }
        Multipart multipart = Multipart.of(request).orElseThrow(() -> refused("message_invalid",
                "The body must be complete multipart/form-data", null));
        if (multipart.parts().stream().filter(part -> part.name().equals("file")).count() != 1) {
            throw refused("message_invalid", "Exactly one part file is required", namesParts ? "file" : null);
        }
        return multipart;
    }
}
