using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>An ARM request as the handlers see it.</summary>
internal sealed class ArmRequest(HttpContext context)
{
    private const int BodyLimit = 4 * 1024 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Scheme, host and port as the client wrote them, so that links lead back the same way.</summary>
    public string Root => $"{context.Request.Scheme}://{context.Request.Host}";

    /// <summary>The HTTP method.</summary>
    public string Method => context.Request.Method;

    /// <summary>The path as the client wrote it.</summary>
    public string Path => context.Request.Path;

    /// <summary>The api-version, which the pipeline has checked.</summary>
    public string ApiVersion => Query(ArmPipeline.ApiVersion) ?? "";

    /// <summary>Says what goes wrong with the operation that this request begins; null for nothing.</summary>
    public Func<OperationFault?>? NextOperationFault => context.Features.Get<OperationFaultSource>()?.Next;

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>A part of the path, by its name in the route.</summary>
    public string Name(string part) => (string)context.GetRouteValue(part)!;

    /// <summary>The endpoint that the path names.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public Workspaces.Endpoint Endpoint(WorkspaceState state, ArmScope scope) =>
        state.FindEndpoint(Name("endpoint"))
        ?? throw Refuse.ResourceNotFound(scope.ResourceGroup, $"{scope.Workspace}/onlineEndpoints/{Name("endpoint")}");

    /// <summary>The deployment that the path names.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public Deployment Deployment(WorkspaceState state, ArmScope scope) =>
        state.FindDeployment(Name("endpoint"), Name("deployment"))
        ?? throw Refuse.ResourceNotFound(
            scope.ResourceGroup, $"{scope.Workspace}/onlineEndpoints/{Name("endpoint")}/deployments/{Name("deployment")}");

    /// <summary>A query parameter, or null. Names ignore case.</summary>
    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>The address of this request with one query parameter set.</summary>
    public string AddressWith(string name, string value)
    {
        var others = context.Request.Query
            .Where(parameter => !parameter.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(parameter => parameter.Value.Select(v => $"{parameter.Key}={Uri.EscapeDataString(v ?? "")}"));
        return $"{Root}{context.Request.Path.ToUriComponent()}?{string.Join('&', others.Append($"{name}={Uri.EscapeDataString(value)}"))}";
    }

    /// <summary>The body, which must be a JSON object.</summary>
    /// <exception cref="RefusedException">It is not, or it is too large.</exception>
    public async Task<JsonInput> ReadAsync() =>
        await ReadOptionalAsync() ?? throw Refuse.InvalidContent("The body is empty; expected is a JSON object.");

    /// <summary>The body, or null when there is none.</summary>
    /// <exception cref="RefusedException">It is not a JSON object, or it is too large.</exception>
    public async Task<JsonInput?> ReadOptionalAsync()
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, Aborted) is var read and > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > BodyLimit)
            {
                throw new RefusedException(
                    413, "RequestContentTooLarge", $"The request content is larger than the limit of {BodyLimit} bytes.", RefusedBy.Gateway);
            }
        }

        if (body.Length == 0)
        {
            return null;
        }

        CheckContentType();
        return Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    /// <summary>Reads JSON text, with or without a byte order mark before it.</summary>
    public static JsonInput Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var text = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
            return JsonNode.Parse(text, documentOptions: Strict) is JsonObject root
                ? new JsonInput(root, "")
                : throw Refuse.InvalidContent("The body is no JSON object.");
        }
        catch (JsonException fault)
        {
            throw Refuse.InvalidContent(fault.Message);
        }
    }

    private void CheckContentType()
    {
        var type = context.Request.ContentType;
        if (type is not null && !type.Split(';')[0].Trim().EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(
                415,
                "UnsupportedMediaType",
                $"The content media type '{type}' is not supported. Only 'application/json' is supported.",
                RefusedBy.Gateway);
        }
    }
}
