using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.Emulator;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>An endpoint named <c>heart</c> with deployments of <see cref="TestScript"/>s behind a front door, and requests to it.</summary>
internal sealed class TestEndpoint : IEndpointRoutes, IAsyncDisposable
{
    internal const string Key = "primary-key-of-the-endpoint";

    private readonly Dictionary<string, DeploymentRoute> _deployments = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TestScript> _scripts = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;

    internal TestEndpoint(TimeProvider? time = null, int? seed = 1, IContainerFaults? faults = null)
    {
        _time = time ?? TimeProvider.System;
        Door = new FrontDoor(this, Clocks.Both(_time), seed, faults);
    }

    internal FrontDoor Door { get; }

    internal Dictionary<string, int> Traffic { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal Dictionary<string, int> MirrorTraffic { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal List<string> Keys { get; } = [Key, "secondary-key-of-the-endpoint"];

    /// <summary>Tokens that have ended; null for an endpoint with keys.</summary>
    internal List<string>? EndedTokens { get; set; }

    /// <summary>Adds a deployment, with traffic or without.</summary>
    internal TestScript Deploy(
        string name, int traffic = 0, int atOnce = 4, int instances = 1, double timeoutSeconds = 60, FrontDoorStatuses? statuses = null)
    {
        var script = new TestScript(name);
        _scripts[name] = script;
        _deployments[name] = new DeploymentRoute(
            name,
            atOnce,
            instances,
            TimeSpan.FromSeconds(timeoutSeconds),
            statuses ?? FrontDoorStatuses.Managed,
            script.Serve(Clocks.Both(_time)));
        if (traffic > 0)
        {
            Traffic[name] = traffic;
        }

        return script;
    }

    /// <summary>A deployment's script.</summary>
    internal TestScript Script(string name) => _scripts[name];

    /// <summary>Stops a deployment's container, but leaves its route.</summary>
    internal Task StopAsync(string name) => _deployments[name].Container.DisposeAsync().AsTask();

    /// <summary>Takes a deployment's route away.</summary>
    internal void Remove(string name) => _deployments.Remove(name);

    internal DeploymentMetrics Metrics(string deployment) => FindMetrics(deployment)!;

    /// <summary>A deployment's metrics, or null when no request ever reached it.</summary>
    internal DeploymentMetrics? FindMetrics(string deployment) => Door.MetricsOf("heart").SingleOrDefault(found => found.Deployment == deployment).Metrics;

    /// <summary>All outcomes that were counted for a deployment.</summary>
    internal Dictionary<(int Status, int Model), int> Outcomes(string deployment) => Metrics(deployment)
        .Between(DateTimeOffset.MinValue.AddDays(1), DateTimeOffset.MaxValue)
        .SelectMany(minute => minute.Requests)
        .GroupBy(pair => (pair.Key.Status, pair.Key.ModelStatus), pair => pair.Value)
        .ToDictionary(group => group.Key, group => group.Sum());

    public EndpointRoute? Find(string endpointName)
        => endpointName == "heart" ? new EndpointRoute("heart", Keys, EndedTokens, Traffic, MirrorTraffic, _deployments) : null;

    /// <summary>A scoring request.</summary>
    internal static DefaultHttpContext Request(
        string input = "1", string method = "POST", string? authorization = $"Bearer {Key}", string? deployment = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"input_data": {{input}}}"""));
        context.Response.Body = new MemoryStream();
        if (authorization is not null)
        {
            context.Request.Headers.Authorization = authorization;
        }

        if (deployment is not null)
        {
            context.Request.Headers["azureml-model-deployment"] = deployment;
        }

        return context;
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    internal async Task<HttpResponse> SendAsync(DefaultHttpContext? request = null, string path = "score", string endpoint = "heart")
    {
        var context = request ?? Request();
        await Door.HandleAsync(context, endpoint, path);
        return context.Response;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var script in _scripts.Values)
        {
            script.Release();
        }

        foreach (var deployment in _deployments.Values)
        {
            await deployment.Container.DisposeAsync();
        }
    }
}
