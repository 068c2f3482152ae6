using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of online endpoints.</summary>
internal sealed class EndpointHandlers(
    ArmScope scope, WorkspaceStore store, OperationRunner runner, OperationClock clock, TimeProvider requestTime) : ITaggedResource
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan TokenRefresh = TimeSpan.FromHours(12);
    private static readonly (string, string) RetryAfter = ("Retry-After", "1");

    /// <summary>Lists endpoints.</summary>
    public Task<ArmReply> List(ArmRequest request)
    {
        var found = store.Current.Endpoints.Values
            .Where(endpoint => request.Query("name") is not { Length: > 0 } name || endpoint.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Where(endpoint => MatchesCompute(endpoint, request.Query("computeType")))
            .Where(endpoint => TagFilter.Matches(endpoint.Content.Tags, request.Query("tags")))
            .Where(endpoint => TagFilter.Matches(endpoint.Content.CustomProperties, request.Query("properties")));
        var ordered = request.Query("orderBy")?.ToUpperInvariant() switch
        {
            "CREATEDATASC" => found.OrderBy(endpoint => endpoint.CreatedAt),
            "UPDATEDATASC" => found.OrderBy(endpoint => endpoint.ModifiedAt),
            "UPDATEDATDESC" => found.OrderByDescending(endpoint => endpoint.ModifiedAt),
            _ => found.OrderByDescending(endpoint => endpoint.CreatedAt),
        };
        return Task.FromResult(Page.Of(request, ordered, endpoint => Document(endpoint, request)));
    }

    /// <summary>Reads an endpoint.</summary>
    public Task<ArmReply> Get(ArmRequest request) => Task.FromResult(ArmReply.Ok(Document(request.Endpoint(store.Current, scope), request)));

    /// <summary>Creates or changes an endpoint.</summary>
    public async Task<ArmReply> Put(ArmRequest request)
    {
        var name = request.Name("endpoint");
        var wanted = EndpointReader.Read(await request.ReadAsync(), out var keys);
        var secrets = new NewEndpoint(Guid.NewGuid(), Secrets.NewKeys(clock.Now, keys.Primary, keys.Secondary));
        var begun = store.Update(state =>
        {
            var change = state.Put(name, wanted, secrets, clock.Start(request.NextOperationFault));
            return (change.State, change);
        });

        // The answer shows the endpoint as the operation found it, even when the operation ends at once.
        var endpoint = request.Endpoint(begun.State, scope);
        var document = Document(endpoint, request);
        runner.Run(begun.Operation);
        var location = OperationLinks.Resource(request.Root, EndpointDocument.IdOf(endpoint, scope));
        return ArmReply.Created(document, Headers(request, begun.Operation, location));
    }

    /// <summary>Changes tags or identity.</summary>
    public async Task<ArmReply> Patch(ArmRequest request)
    {
        var body = await request.ReadAsync();
        var operation = Begin(
            request,
            (state, endpoint) => state.Patch(
                endpoint, EndpointReader.Patch(body, endpoint.Content), clock.Start(request.NextOperationFault)));
        return Accepted(request, operation, RetryAfter);
    }

    /// <inheritdoc />
    public (string Id, JsonElement Tags) ReadTags(ArmRequest request)
    {
        var endpoint = request.Endpoint(store.Current, scope);
        return (EndpointDocument.IdOf(endpoint, scope), endpoint.Content.Tags);
    }

    /// <inheritdoc />
    public JsonElement ChangeTags(ArmRequest request, Func<JsonElement, JsonElement> change) => store.Update(state =>
    {
        var endpoint = request.Endpoint(state, scope);
        var wanted = change(endpoint.Content.Tags);
        return (state.Tag(endpoint, wanted, clock.Now), wanted);
    });

    /// <summary>Deletes an endpoint.</summary>
    public Task<ArmReply> Delete(ArmRequest request)
    {
        if (store.Current.FindEndpoint(request.Name("endpoint")) is null)
        {
            return Task.FromResult(ArmReply.NoContent);
        }

        var operation = Begin(request, (state, endpoint) => state.Delete(endpoint, clock.Start(request.NextOperationFault)));
        return Task.FromResult(Accepted(request, operation));
    }

    /// <summary>Shows the keys.</summary>
    public Task<ArmReply> ListKeys(ArmRequest request)
    {
        var endpoint = request.Endpoint(store.Current, scope);
        Require(endpoint, AuthModes.Key, "keys");
        return Task.FromResult(ArmReply.Ok(new JsonObject
        {
            ["primaryKey"] = endpoint.Keys.Primary,
            ["secondaryKey"] = endpoint.Keys.Secondary,
        }));
    }

    /// <summary>Replaces a key.</summary>
    public async Task<ArmReply> RegenerateKeys(ArmRequest request)
    {
        var body = await request.ReadAsync();
        var type = body.TakeRequiredChoice("keyType", "Primary", "Secondary");
        var wanted = body.TakeText("keyValue");
        var operation = Begin(request, (state, endpoint) =>
        {
            Require(endpoint, AuthModes.Key, "keys");
            var (primary, secondary) = (endpoint.Keys.Primary, endpoint.Keys.Secondary);
            return state.RegenerateKeys(
                endpoint,
                type == "Primary"
                    ? endpoint.Keys with { Primary = Regenerated(primary, wanted) }
                    : endpoint.Keys with { Secondary = Regenerated(secondary, wanted) },
                clock.Start(request.NextOperationFault));
        });
        return Accepted(request, operation, RetryAfter);
    }

    /// <summary>Issues a token.</summary>
    public Task<ArmReply> Token(ArmRequest request)
    {
        var token = store.Update(state =>
        {
            var endpoint = request.Endpoint(state, scope);
            Require(endpoint, AuthModes.AmlToken, "tokens");
            var now = requestTime.GetUtcNow();
            var valid = endpoint.Tokens.Where(issued => issued.ExpiresAt > now).ToList();
            var current = valid.FirstOrDefault(issued => issued.RefreshAfter > now);
            if (current is null)
            {
                current = new IssuedToken(Secrets.NewToken(endpoint.Name, now, now + TokenLifetime), now + TokenRefresh, now + TokenLifetime);
                state = state.With(endpoint with { Tokens = [.. valid, current] });
            }

            return (state, current);
        });
        return Task.FromResult(ArmReply.Ok(new JsonObject
        {
            ["accessToken"] = token.Value,
            ["tokenType"] = "Bearer",
            ["expiryTimeUtc"] = token.ExpiresAt.ToUnixTimeSeconds(),
            ["refreshAfterTimeUtc"] = token.RefreshAfter.ToUnixTimeSeconds(),
        }));
    }

    // The specification calls keyValue the value to set. az ml sends the present key there, and gets a new one all the same: its own tests
    // assert that (azure-ai-ml, _online_endpoint_operations.py and the e2e test of managed endpoints).
    private string Regenerated(string present, string? wanted) =>
        string.IsNullOrEmpty(wanted) || wanted == present ? Secrets.NewKey(clock.Now) : wanted;

    private static bool MatchesCompute(Endpoint endpoint, string? type) =>
        string.IsNullOrEmpty(type) || type.Equals("Managed", StringComparison.OrdinalIgnoreCase) == endpoint.Content.IsManaged;

    private static void Require(Endpoint endpoint, string authMode, string what)
    {
        if (endpoint.Content.AuthMode != authMode)
        {
            throw Refuse.Invalid($"Endpoint [{endpoint.Name}] has auth mode {endpoint.Content.AuthMode}; it has no {what}.");
        }
    }

    private Operation Begin(ArmRequest request, Func<WorkspaceState, Endpoint, Begun> change)
    {
        var operation = store.Update(state =>
        {
            var begun = change(state, request.Endpoint(state, scope));
            return (begun.State, begun.Operation);
        });
        runner.Run(operation);
        return operation;
    }

    private ArmReply Accepted(ArmRequest request, Operation operation, params ReadOnlySpan<(string, string)> more) =>
        ArmReply.Accepted([.. Headers(request, operation, OperationLinks.Result(request.Root, scope, operation.Id, isDeployment: false)), .. more]);

    private IReadOnlyList<(string Name, string Value)> Headers(ArmRequest request, Operation operation, string location) =>
        OperationLinks.Headers(request.Root, scope, operation, location);

    private JsonObject Document(Endpoint endpoint, ArmRequest request) => EndpointDocument.Of(endpoint, scope, request.Root);
}
