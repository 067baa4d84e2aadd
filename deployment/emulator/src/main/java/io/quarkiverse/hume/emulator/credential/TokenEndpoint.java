package io.quarkiverse.hume.emulator.credential;

import java.util.Map;

import io.quarkiverse.hume.emulator.credential.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.vertx.core.json.JsonObject;

/** Issues tokens for a pair of keys, with the refusals of the gateway Hume's voice platform sits behind. */
public final class TokenEndpoint {

    public static final String PATH = "/oauth2-cc/token";

    private static final String GRANT_TYPE = "client_credentials";

    private TokenEndpoint() {
    }

    public static Answer answer(ReceivedRequest request, PresentedCredential credential, TokenLedger tokens,
            TokenSettings settings) {
        if (!request.method().equals("POST")) {
            return RouteTable.methodNotAllowed(request, "POST");
        }
        if (credential.kind() == Kind.SEVERAL) {
            return error(400, "invalid_request", "Several Authorization headers");
        }
        if (credential.kind() != Kind.BASIC || !credential.accepted()) {
            return error(401, "invalid_client", credential.kind() == Kind.BASIC ? "Client credentials are invalid"
                    : "Client credentials are missing: Authorization: Basic base64(apiKey:secretKey)");
        }
        if (!request.mediaType().equals("application/x-www-form-urlencoded")) {
            return error(400, "invalid_request", "Content-Type must be application/x-www-form-urlencoded");
        }
        String grantType = ReceivedRequest.formFields(request.body().toString()).stream()
                .filter(field -> field.getKey().equals("grant_type")).map(Map.Entry::getValue).findFirst().orElse("");
        if (grantType.isEmpty()) {
            return error(400, "invalid_request", "Required param : grant_type, in the body");
        }
        return grantType.equals(GRANT_TYPE) ? issue(credential, tokens, settings)
                : error(400, "unsupported_grant_type", "Unsupported grant type : " + grantType);
    }

    private static Answer issue(PresentedCredential credential, TokenLedger tokens, TokenSettings settings) {
        TokenLedger.IssuedToken token = tokens.issue(credential.account(), credential.serial(),
                settings.lifetimeMillis());
        JsonObject body = new JsonObject().put("access_token", token.value()).put("token_type", "Bearer");
        if (settings.includeExpiresIn()) {
            body.put("expires_in", settings.expiresInSeconds());
        }
        return Answer.json(200, body.put("issued_at", token.issuedAt().toEpochMilli()).put("grant_type", GRANT_TYPE))
                .with("Cache-Control", "no-store");
    }

    private static Answer error(int status, String code, String message) {
        return Answer.json(status, new JsonObject().put("ErrorCode", code).put("Error", message));
    }
}
