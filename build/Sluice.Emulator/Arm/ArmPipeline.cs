using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>What every ARM request goes through: token, api-version, scope, common headers, errors.</summary>
internal sealed partial class ArmPipeline(
    ArmScope scope, BearerToken token, PollingSignature signature, RateCounters counters, LiveFaults faults, Clocks clocks)
{
    /// <summary>The query parameter that every request needs.</summary>
    public const string ApiVersion = "api-version";

    private const string Date = "yyyy-MM-dd";

    private readonly string _appId = $"appId=cid-v1:{scope.TenantId}";

    /// <summary>Answers a request.</summary>
    /// <param name="context">The exchange.</param>
    /// <param name="handle">What makes the answer.</param>
    public async Task AnswerAsync(HttpContext context, Func<ArmRequest, Task<ArmReply>> handle)
    {
        var started = clocks.Request.GetTimestamp();
        WriteCommonHeaders(context);
        try
        {
            CheckToken(context);
            CheckBudget(context);
            CheckApiVersion(context);
            CheckScope(context);
            CheckSignature(context);
            var request = new ArmRequest(context);
            var reply = await handle(request);
            WriteProviderHeaders(context, "standard", started);
            foreach (var (name, value) in reply.Headers)
            {
                context.Response.Headers[name] = signature.Sign(request.Root, value, clocks.Service.GetUtcNow());
            }

            if (reply.HasBody)
            {
                await JsonAnswer.WriteAsync(context, reply.Status, reply.Document);
            }
            else
            {
                context.Response.StatusCode = reply.Status;
            }
        }
        catch (RefusedException refused)
        {
            await WriteAsync(context, refused, started);
        }
    }

    /// <summary>Refuses a request that is answered in the place of its handler.</summary>
    public Task RefuseAsync(HttpContext context, RefusedException refused)
    {
        WriteCommonHeaders(context);
        return WriteAsync(context, refused, clocks.Request.GetTimestamp());
    }

    private void CheckToken(HttpContext context)
    {
        string? authorization = context.Request.Headers.Authorization;
        if (token.Opens(authorization))
        {
            return;
        }

        context.Response.Headers.WWWAuthenticate =
            $"Bearer authorization_uri=\"https://login.windows.net/{scope.TenantId}\", error=\"invalid_token\", "
            + "error_description=\"The access token is missing or invalid.\"";
        throw string.IsNullOrEmpty(authorization)
            ? new RefusedException(
                401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", RefusedBy.Gateway)
            : new RefusedException(401, "InvalidAuthenticationToken", "The access token is invalid.", RefusedBy.Gateway);
    }

    /// <summary>Counts the request and refuses it as Azure does (recorded text), where the faults have budgets.</summary>
    private void CheckBudget(HttpContext context)
    {
        if (faults.Current.Budgets?.Take(context.Request.Method) is not { } budget)
        {
            return;
        }

        context.Response.Headers[RateCounters.HeaderOf($"{budget.Name}s")] = budget.Left.ToString(CultureInfo.InvariantCulture);
        if (budget.Wait is { } wait)
        {
            var seconds = RetryAfter.Of(wait);
            context.Response.Headers.RetryAfter = seconds;
            throw new RefusedException(
                429,
                "SubscriptionRequestsThrottled",
                $"Number of '{budget.Name}' requests for subscription '{scope.SubscriptionId}' actor '{scope.TenantId}' exceeded. "
                + $"Please try again after '{seconds}' seconds after additional tokens are available. "
                + "Refer to https://aka.ms/arm-throttling for additional information.",
                RefusedBy.Gateway);
        }
    }

    private static void CheckApiVersion(HttpContext context)
    {
        string? version = context.Request.Query[ApiVersion];
        if (string.IsNullOrEmpty(version))
        {
            throw Refuse.BadRequest(
                "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
        }

        if (!IsApiVersion(version))
        {
            throw Refuse.BadRequest(
                "InvalidApiVersionParameter",
                $"The api-version '{version}' is invalid. It is a date, for example 2024-10-01 or 2022-02-01-preview.");
        }
    }

    /// <summary>Whether a text can be an api-version: a date of the calendar, which <c>-preview</c> may follow.</summary>
    internal static bool IsApiVersion(string text) =>
        ApiVersionForm().IsMatch(text) && DateOnly.TryParseExact(text[..Date.Length], Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private void CheckScope(HttpContext context)
    {
        if (Differs(context, "subscription", scope.SubscriptionId, out var subscription))
        {
            throw new RefusedException(404, "SubscriptionNotFound", $"The subscription '{subscription}' could not be found.", RefusedBy.Gateway);
        }

        if (Differs(context, "group", scope.ResourceGroup, out var group))
        {
            throw new RefusedException(404, "ResourceGroupNotFound", $"Resource group '{group}' could not be found.", RefusedBy.Gateway);
        }

        if (Differs(context, "workspace", scope.Workspace, out var workspace))
        {
            throw Refuse.ResourceNotFound(scope.ResourceGroup, workspace);
        }
    }

    // What Azure answers to an address that was changed on the way is not on record.
    private void CheckSignature(HttpContext context)
    {
        if (!signature.Holds($"{context.Request.Path}{context.Request.QueryString}"))
        {
            throw new RefusedException(
                403,
                "AuthorizationFailed",
                "The signature of the polling address does not fit it. Follow the address as it came.",
                RefusedBy.Gateway);
        }
    }

    private static bool Differs(HttpContext context, string part, string expected, out string found)
    {
        found = context.GetRouteValue(part) as string ?? expected;
        return !found.Equals(expected, StringComparison.OrdinalIgnoreCase);
    }

    private void WriteCommonHeaders(HttpContext context)
    {
        var id = Guid.NewGuid().ToString();
        string? correlation = context.Request.Headers["x-ms-correlation-request-id"];
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Pragma = "no-cache";
        headers.Expires = "-1";
        headers.XContentTypeOptions = "nosniff";
        headers["x-ms-request-id"] = id;
        headers["x-ms-correlation-request-id"] = string.IsNullOrEmpty(correlation) ? id : correlation;
        headers["x-ms-routing-request-id"] = $"{scope.Location.ToUpperInvariant()}:{clocks.Service.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}:{id}";
        if (context.Request.Headers["x-ms-return-client-request-id"] == "true")
        {
            headers["x-ms-client-request-id"] = context.Request.Headers["x-ms-client-request-id"];
        }
    }

    // Strict-Transport-Security, which the service sends, is left out: a browser would apply it to every server on localhost.
    private void WriteProviderHeaders(HttpContext context, string responseType, long started)
    {
        var headers = context.Response.Headers;
        headers["request-context"] = _appId;
        headers["x-aml-cluster"] = $"vienna-{scope.Location}-01";
        headers["x-ms-response-type"] = responseType;
        headers["x-request-time"] = clocks.Request.GetElapsedTime(started).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        if (faults.Current.Budgets is null)
        {
            var (counter, left) = counters.Count(context.Request.Method, context.GetRouteValue("deployment") is not null);
            headers[counter] = left.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static Guid CorrelationOf(HttpContext context) =>
        Guid.TryParse(context.Response.Headers["x-ms-correlation-request-id"], out var id) ? id : Guid.Empty;

    private Task WriteAsync(HttpContext context, RefusedException refused, long started)
    {
        if (refused.By == RefusedBy.Gateway)
        {
            context.Response.Headers["x-ms-failure-cause"] = "gateway";
        }
        else if (refused.By == RefusedBy.Provider)
        {
            WriteProviderHeaders(context, "error", started);
        }

        return JsonAnswer.WriteAsync(
            context, refused.Status, ErrorDocument.Of(refused, scope, CorrelationOf(context), clocks.Service.GetUtcNow()));
    }

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}(-preview)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ApiVersionForm();
}
