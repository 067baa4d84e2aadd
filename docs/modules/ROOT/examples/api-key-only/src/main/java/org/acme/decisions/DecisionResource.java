package org.acme.decisions;

import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.acme.decisions.AudioDecisions.Answer;
import org.acme.decisions.AudioDecisions.Question;
import org.acme.decisions.AudioDecisions.Questions;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

// tag::resource[]
@Path("/decisions")
public class DecisionResource {

    private final AudioDecisions decisions;

    public DecisionResource(@RestClient AudioDecisions decisions) {
        this.decisions = decisions;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Answer decide(@RestForm String question, @RestForm FileUpload recording) {
        var questions = new Questions(Map.of("asked", new Question("noul", question)));
        return decisions.decide(questions, recording.uploadedFile().toFile()).answers().get("asked");
    }
}
// end::resource[]
