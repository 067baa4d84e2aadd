package io.quarkiverse.hume.it;

import java.math.BigDecimal;
import java.util.Map;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

import io.quarkiverse.hume.it.AudioDecisions.Question;
import io.quarkiverse.hume.it.AudioDecisions.Questions;
import io.smallrye.common.annotation.Blocking;

/** Answers questions about a recording with the cloud platform and an API key. */
@Path("/decisions")
public class DecisionResource {

    private static final String ID = "asked";

    private final AudioDecisions decisions;

    public DecisionResource(@RestClient AudioDecisions decisions) {
        this.decisions = decisions;
    }

    /** @param probability of that answer, from 0 to 1 */
    public record Verdict(String answer, double probability) {

        static Verdict of(double yes) {
            return yes < 0.5 ? new Verdict("no", BigDecimal.ONE.subtract(BigDecimal.valueOf(yes)).doubleValue())
                    : new Verdict("yes", yes);
        }
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    public Verdict decide(@RestForm String question, @RestForm FileUpload recording) {
        if (question == null || question.isBlank() || recording == null) {
            throw new BadRequestException("Send the parts \"question\" (text) and \"recording\" (a WAV file)");
        }
        AudioDecisions.Decision decision = decisions.decide(new Questions(Map.of(ID, Question.noul(question))),
                recording.uploadedFile().toFile());
        return Verdict.of(decision.answers().get(ID).noul());
    }
}
