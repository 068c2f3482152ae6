using System.Text.Json;
using Azure;
using Sluice.AzureML.Faults;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class ServiceFaultTests
{
    [Test]
    public void The_cause_is_unwrapped_out_of_details_and_of_json_within_the_message()
    {
        var fault = Of(400, """
            {"error":{"code":"BadRequest","message":"The request is invalid.","details":[{"code":"InferencingClientCallFailed",
             "message":"{\"errors\":{\"\":[\"Specified endpoint [x] has not been created successfully. Recreate it.\"]}}"}]}}
            """);

        Assert.That(fault.Code, Is.EqualTo("BadRequest"));
        Assert.That(fault.Message, Is.EqualTo(
            "The request is invalid. InferencingClientCallFailed: "
            + "Specified endpoint [x] has not been created successfully. Recreate it."));
    }

    [Test]
    public void The_providers_details_are_kept()
    {
        var fault = Of(404, """
            {"error":{"code":"UserError","message":"The specified resource was not found.","details":[{"code":"ModelNotFound",
             "message":"Model container with name: X not found.","details":[],"additionalInfo":[]}],
             "additionalInfo":[{"type":"ComponentName","info":{"value":"managementfrontend"}}]}}
            """);

        Assert.That(
            fault.Message, Is.EqualTo("The specified resource was not found. ModelNotFound: Model container with name: X not found."));
    }

    [Test]
    public void An_inner_error_is_said_too()
    {
        var fault = Of(500, """{"error":{"code":"A","message":"outer","innererror":{"code":"ResourceNotReady","message":"inner"}}}""");

        Assert.That(fault.Message, Is.EqualTo("outer ResourceNotReady: inner"));
    }

    [Test]
    public void An_inner_cause_that_the_outer_one_quotes_is_not_said_twice()
    {
        var fault = Of(200, """
            {"error":{"code":"DeploymentFailed","message":"Operation failed or canceled. ResourceNotReady: it crashed",
             "details":[{"code":"ResourceNotReady","message":"it crashed"}]}}
            """);

        Assert.That(fault.Message, Is.EqualTo("Operation failed or canceled. ResourceNotReady: it crashed"));
    }

    [Test]
    public void The_ids_for_the_support_are_added()
    {
        var fault = Of(
            409, """{"error":{"code":"Conflict","message":"busy"}}""", ("x-ms-request-id", "r-1"), ("x-ms-correlation-request-id", "c-2"));

        Assert.That(fault.Message, Is.EqualTo("busy [request r-1, correlation c-2]"));
    }

    [Test]
    public void An_answer_that_is_no_json_is_said_in_one_line_with_its_status()
    {
        var fault = Of(502, "<html><body>Bad gateway</body></html>");

        Assert.That(fault.Message, Does.EndWith("(HTTP 502)").And.Not.Contain("\n"));
    }

    [Test]
    public void An_error_without_a_message_does_not_end_in_silence()
    {
        Assert.That(Of(400, """{"error":{"code":"X"}}""").Message, Is.EqualTo("The service gave no reason."));
    }

    [Test]
    public void An_error_with_half_a_surrogate_pair_is_told_by_its_status()
    {
        Assert.That(Of(412, """{"\udc00x": {"error": 1}}""").Message, Does.EndWith("(HTTP 412)"));
        Assert.That(Of(412, """{"error": {"code": "A", "message": "\ud800"}}""").Message, Does.EndWith("(HTTP 412)"));
    }

    [Test]
    public void An_answer_with_a_value_of_another_kind_is_told_with_its_place()
    {
        var fault = ServiceFault.Of(new JsonException("of the parser", "$.value[0].name", lineNumber: 0, bytePositionInLine: 7));

        Assert.That(fault!.Code, Is.EqualTo("UnreadableAnswer"));
        Assert.That(fault.Message, Is.EqualTo("The answer has something else at $.value[0].name than the service writes there."));
    }

    [TestCase(typeof(FormatException))]
    [TestCase(typeof(InvalidOperationException))]
    [TestCase(typeof(ArgumentNullException))]
    [TestCase(typeof(KeyNotFoundException))]
    public void What_the_SDK_throws_at_a_value_that_is_none_of_the_services_is_told_as_such(Type type)
    {
        var fault = ServiceFault.Of((Exception)Activator.CreateInstance(type)!);

        Assert.That(fault, Is.EqualTo(new ServiceFault(
            "UnreadableAnswer", $"The answer has a value that cannot be used, or lacks one, or this program misreads it ({type.Name}).")));
    }

    [TestCase(409, "anything", true)]
    [TestCase(429, "Too many requests", false)]
    [TestCase(400, "Cannot create a deployment in endpoint X because it is in Updating provisioning state", true)]
    [TestCase(400, "Conflict of operation, another operation on same entity is already running in workspace", true)]
    [TestCase(400, "This endpoint has not been created successfully or is in deleting provisioning state. Please recreate endpoint", false)]
    [TestCase(400, "Can't delete deployment [blue] with non-zero traffic weight", false)]
    [TestCase(403, "another operation is already running", false)]
    public void Busy_is_told_from_refused_for_good(int status, string message, bool isBusy)
    {
        using var response = new EmptyResponse(status, $$"""{"error":{"code":"BadRequest","message":"{{message}}"} }""");

        Assert.That(ServiceFault.IsBusy(new RequestFailedException(response)), Is.EqualTo(isBusy));
    }

    private static ServiceFault Of(int status, string body, params (string, string)[] headers)
    {
        using var response = new EmptyResponse(status, body, headers);
        return ServiceFault.Of(new RequestFailedException(response));
    }
}
