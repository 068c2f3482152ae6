using System.Collections.Immutable;
using Sluice.AzureML;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;
using Sluice.Rollouts.State;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>
/// Every PUT and PATCH body that the client sends fits Azure's own definition of the resource, in the api-version that it is sent with.
/// </summary>
[TestFixture]
[Category("Integration")]
internal sealed class SentBodyTests
{
    private const string Endpoint = "heart-classifier";

    private static readonly ImmutableSortedDictionary<string, string> Tags =
        ImmutableSortedDictionary<string, string>.Empty.Add("sluice-rollout", "r1");

    private AzureTypes _types;
    private string _folder;

    [OneTimeSetUp]
    public void Load_the_definitions_once()
    {
        _types = new AzureTypes();
        _folder = Directory.CreateTempSubdirectory("sluice-bodies-").FullName;
    }

    [OneTimeTearDown]
    public void Clean_up() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_bodies_of_a_whole_rollout_fit()
    {
        var spec = SpecReader.Read(Path.Combine(Repository.Root, "config", "local.json"), SpecOverrides.None).Spec!;
        await using var azure = await CapturedWorkspace.StartAsync();

        await RollOutAsync(azure.Workspace, spec);

        AssertFit(azure.Sent);
        Assert.That(azure.Sent.Select(sent => sent.Kind), Is.SupersetOf(
            new[] { "PUT models/versions", "PUT onlineEndpoints", "PUT onlineEndpoints/deployments", "PATCH onlineEndpoints" }));
    }

    [TestCaseSource(typeof(YamlSample), nameof(YamlSample.All))]
    public async Task The_bodies_of_a_sample_fit(YamlSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var reading = sample.Read(_folder);
        Assert.That(reading.Mistakes, Is.Empty, $"{sample} cannot be read.");
        await using var azure = await CapturedWorkspace.StartAsync();

        await SendAsync(azure.Workspace, reading.Spec!, sample);

        AssertFit(azure.Sent);
        Assert.That(
            azure.Sent.Select(sent => sent.Kind),
            Does.Contain(sample.IsEndpoint ? "PUT onlineEndpoints" : "PUT onlineEndpoints/deployments"));
    }

    [Test]
    public void There_are_samples_of_both_kinds()
    {
        var samples = YamlSample.All().ToList();

        Assert.That(samples.Select(sample => sample.IsEndpoint), Does.Contain(true).And.Contain(false));
    }

    /// <summary>All calls of a rollout that write, in a rollout's order; and those that read in between.</summary>
    private static async Task RollOutAsync(AzureMLWorkspace workspace, RolloutSpec spec)
    {
        var none = CancellationToken.None;
        var baseline = await RegisterAsync(workspace, spec, spec.Model.Baseline!);
        var candidate = await RegisterAsync(workspace, spec, spec.Model.Candidate);
        await workspace.CreateEndpointAsync(spec.Endpoint, progress: null, none);
        await workspace.CreateDeploymentAsync(new(Endpoint, "default", spec.Blue, baseline, Tags), progress: null, none);
        await workspace.SetTrafficAsync(new(Endpoint, Traffic.None, Traffic.AllTo("default"), Mark: null), progress: null, none);
        await workspace.CreateDeploymentAsync(new(Endpoint, "green-2", spec.Green, candidate, Tags), progress: null, none);

        var canary = new RolloutMark("r1", "default", "green-2", RolloutStatus.Canary);
        var shifted = Traffic.Split("default", "green-2", 10);
        await workspace.SetTrafficAsync(new(Endpoint, Traffic.AllTo("default"), shifted, canary), progress: null, none);
        var passed = canary with { Status = RolloutStatus.Passed };
        await workspace.SetMarkAsync(Endpoint, canary, passed, none);
        await workspace.SetTrafficAsync(
            new(Endpoint, shifted, Traffic.AllTo("green-2"), passed with { Status = RolloutStatus.FinalBake }), progress: null, none);
        await workspace.SetMarkAsync(
            Endpoint, passed with { Status = RolloutStatus.FinalBake }, passed with { Status = RolloutStatus.Completed }, none);
        await workspace.AwaitSettledAsync(Endpoint, progress: null, none);
        await workspace.ObserveAsync(spec.Model, Endpoint, none);
        await workspace.DeleteDeploymentAsync(Endpoint, "default", progress: null, none);
        await workspace.DeleteEndpointAsync(Endpoint, progress: null, none);
    }

    private static Task<ModelVersion> RegisterAsync(AzureMLWorkspace workspace, RolloutSpec spec, ModelSource source) =>
        workspace.RegisterModelAsync(new(spec.Model.Name, (ModelFolder)source, Tags), progress: null, CancellationToken.None);

    private static async Task SendAsync(AzureMLWorkspace workspace, RolloutSpec spec, YamlSample sample)
    {
        var none = CancellationToken.None;
        await workspace.CreateEndpointAsync(spec.Endpoint, progress: null, none);
        if (sample.IsEndpoint)
        {
            return;
        }

        var model = await RegisterAsync(workspace, spec, spec.Model.Candidate);
        try
        {
            await workspace.CreateDeploymentAsync(new(spec.Endpoint.Name, spec.Blue.Name, spec.Blue, model, Tags), progress: null, none);
        }
        catch (WorkspaceCallException exception)
        {
            // A sample may ask for what no local Azure ML can run. Its body was sent, and that is what is looked at.
            TestContext.Out.WriteLine($"{sample} was sent and refused: {exception.Message}");
        }
    }

    private void AssertFit(IReadOnlyList<SentBody> sent)
    {
        var errors = sent
            .SelectMany(body => BodyErrors.Of(body, _types).Select(error => (body, error)))
            .Select(found => $"{found.body.Method} {found.body.Path}: {found.error}\n{found.body.Body.ToJsonString()}")
            .ToList();
        foreach (var kind in sent.GroupBy(body => $"{body.Kind} @{body.ApiVersion}").OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            TestContext.Out.WriteLine($"{kind.Key}: {kind.Count()} bodies");
        }

        TestContext.Out.WriteLine($"{sent.Count} bodies checked, {errors.Count} mistakes");
        Assert.That(errors, Is.Empty, string.Join('\n', errors));
    }
}
