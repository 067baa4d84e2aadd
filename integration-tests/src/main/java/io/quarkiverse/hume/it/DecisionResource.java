package io.quarkiverse.hume.it;

import java.util.List;

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

/** Questions about a recording: the cloud platform, with an API key. */
@Path("/decisions")
public class DecisionResource {

    private final AudioDecisions decisions;

    public DecisionResource(@RestClient AudioDecisions decisions) {
        this.decisions = decisions;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    public AudioDecisions.Decision decide(@RestForm String question, @RestForm FileUpload recording) {
        if (question == null || question.isBlank() || recording == null) {
            throw new BadRequestException("Send the parts \"question\" (text) and \"recording\" (a WAV file)");
        }
        return decisions.decide(new Questions(List.of(new Question("answer", question, "yes_no"))),
                recording.uploadedFile().toFile());
    }
}
