using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.CommandLine;

/// <summary>Every argument there is.</summary>
internal static class Arguments
{
    private static readonly ImmutableArray<string> Stages =
        ["Register", "Endpoint", "Blue", "Green", "Canary", "Promote", "Cleanup", "Rollback"];

    private static readonly ImmutableArray<string> Line = Stages.Remove("Rollback");

    /// <summary>The stages, and the plan of them: what changes the one changes the other.</summary>
    private static readonly ImmutableArray<string> Planned = [.. Stages, "Plan"];

    /// <summary>The targets that read no configuration; every other one does.</summary>
    private static readonly ImmutableArray<string> Unconfigured = ["Default", "Test", "Bench"];

    private static readonly ImmutableArray<string> Configured = [.. TargetInfo.All.Select(target => target.Name).Except(Unconfigured)];

    // The host's.
    public static Argument Target { get; } = OfHost("target", ArgumentKind.Text, "What to do", "t") with { Default = "Default, which lists the targets" };

    public static Argument Exclusive { get; } = OfHost("exclusive", ArgumentKind.Flag, "Run the target without those before it", "e");

    public static Argument DryRun { get; } =
        OfHost("dryrun", ArgumentKind.Flag, "Name the tasks that would run, and touch nothing", "noop", "whatif");

    public static Argument Tree { get; } = OfHost("tree", ArgumentKind.Flag, "Show which task depends on which", "showtree");

    public static Argument Description { get; } = OfHost(
        "description", ArgumentKind.Flag, "Describe each task", "descriptions", "showdescription", "showdescriptions");

    public static Argument Verbosity { get; } = OfHost("verbosity", ArgumentKind.Choice, "How much Cake says of itself", "v") with
    {
        Choices = ["quiet", "minimal", "normal", "verbose", "diagnostic", "q", "m", "n", "v", "d"],
        Default = "minimal",
    };

    public static Argument Working { get; } = OfHost("working", ArgumentKind.Path, "The directory to work in", "w") with { Default = "the current one" };

    public static Argument Version { get; } = OfHost("version", ArgumentKind.Flag, "Show the version", "ver");

    public static Argument Info { get; } = OfHost("info", ArgumentKind.Flag, "Show the version and more");

    public static Argument Help { get; } = OfHost("help", ArgumentKind.Flag, "Show this; with a target, that target's arguments", "h");

    // Where and what.
    public static Argument Config { get; } = Own("config", ArgumentKind.Path, "The configuration file", Configured) with { Default = "config/local.json" };

    public static Argument Subscription { get; } = Configurable("subscription", ArgumentKind.Text, "The subscription's id", Configured);

    public static Argument ResourceGroup { get; } = Configurable("resource-group", ArgumentKind.Text, "The resource group", Configured);

    public static Argument WorkspaceName { get; } = Configurable("workspace-name", ArgumentKind.Text, "The workspace", Configured);

    public static Argument Tenant { get; } = Own("tenant", ArgumentKind.Text, "The tenant to sign in to", Configured);

    public static Argument Credential { get; } = Own("credential", ArgumentKind.Choice, "How to sign in", Configured) with
    {
        Choices = [.. CredentialNames.All.Select(credential => credential.Name)],
        Default = "the configuration's, else default",
    };

    public static Argument ModelName { get; } = Configurable("model-name", ArgumentKind.Text, "The model's registered name", Configured);

    public static Argument ModelPath { get; } = Configurable(
        "model-path",
        ArgumentKind.Path,
        "The version that is to go live: a folder, or azureml:name:version, or one in a registry",
        Configured) with
    {
        InsteadOf = "model-version",
    };

    public static Argument ModelVersion { get; } = Own(
        "model-version", ArgumentKind.Text, "A registered version that is to go live, or latest; instead of --model-path", Configured) with
    {
        InsteadOf = "model-path",
    };

    public static Argument BaselinePath { get; } =
        Configurable("baseline-path", ArgumentKind.Path, "What Blue deploys when nothing serves yet; as --model-path", Configured);

    public static Argument EndpointName { get; } = Configurable("endpoint-name", ArgumentKind.Text, "The online endpoint", Configured);

    // How.
    public static Argument InstanceType { get; } = Configurable("instance-type", ArgumentKind.Text, "The virtual machine size of new deployments", Planned);

    public static Argument InstanceCount { get; } = Configurable("instance-count", ArgumentKind.Integer, "The instances of new deployments", Planned) with
    {
        Minimum = 1,
        Maximum = 1000,
    };

    public static Argument Steps { get; } = Configurable("steps", ArgumentKind.Integers, "The canary's weights in percent, rising", Planned) with
    {
        Minimum = 1,
        Maximum = 99,
    };

    public static Argument Bake { get; } = Configurable("bake", ArgumentKind.Duration, "How long each step is held before it is judged", Planned);

    public static Argument FinalBake { get; } =
        Configurable("final-bake", ArgumentKind.Duration, "How long the old deployment is kept warm after the last shift", Planned);

    public static Argument Retain { get; } = Configurable("retain", ArgumentKind.Integer, "How many retired deployments Cleanup keeps", Planned) with
    {
        // An endpoint has at most 20 deployments, and two of them are the rollout's own.
        Maximum = 18,
    };

    public static Argument WaitForWindow { get; } = Own(
        "wait-for-window",
        ArgumentKind.Flag,
        "Wait for the policy's next opening, instead of ending as held",
        ["Blue", "Green", "Canary", "Promote", "Cleanup", "Plan"]);

    public static Argument To { get; } =
        Own("to", ArgumentKind.Text, "The deployment or the version to roll back to", ["Rollback"]) with { Default = "the stable one" };

    public static Argument OnCancel { get; } = Own(
        "on-cancel", ArgumentKind.Choice, "What becomes of a rollout under way when the run is cancelled (Ctrl-C, SIGTERM); pipelines' agents kill it some 10 s later, so that its "
        + "way back may only be begun: Azure ends what was sent, and the same command once more completes the rest", Stages) with
    {
        Choices = ["hold", "rollback"],
        Default = "the configuration's, else hold",
    };

    public static Argument Retry { get; } =
        Own("retry", ArgumentKind.Flag, "Roll out a candidate again that was rejected before, or roll back to it, and make one anew that is not fit for the canary", ["Green", "Canary", "Promote", "Cleanup", "Rollback", "Plan"]) with
        {
            IsSaidEachTime = true,
        };

    public static Argument Adopt { get; } =
        Own("adopt", ArgumentKind.Flag, "Go on from what somebody else made of the traffic or the tags", ["Blue", "Green", "Canary", "Promote", "Cleanup", "Plan"]) with
        {
            IsSaidEachTime = true,
        };

    public static Argument WaitForLock { get; } =
        Own("wait-for-lock", ArgumentKind.Flag, "Wait while another run holds the endpoint, instead of ending with exit code 5", Stages);

    public static Argument ForceUnlock { get; } =
        Own("force-unlock", ArgumentKind.Flag, "Take the lock on the endpoint from the run that holds it; for one that is dead", Stages) with
        {
            IsSaidEachTime = true,
        };

    public static Argument Stage { get; } = Own("stage", ArgumentKind.Choice, "What is approved", ["Approve"]) with
    {
        Choices = ["canary", "step", "promote"],
        Default = "what the rollout needs next",
        IsSaidEachTime = true,
    };

    public static Argument DeleteEndpoint { get; } =
        Own("delete-endpoint", ArgumentKind.Flag, "Delete the endpoint with all its deployments, and do nothing else", ["Cleanup"]) with
        {
            IsSaidEachTime = true,
        };

    public static Argument Yes { get; } = Own("yes", ArgumentKind.Flag, "Confirm --delete-endpoint", ["Cleanup"]) with
    {
        IsSaidEachTime = true,
    };

    // The local Azure ML.
    public static Argument Latency { get; } = Configurable("latency", ArgumentKind.Choice, "How long the local Azure ML takes", Configured) with
    {
        Choices = ["instant", "demo", "azure"],
    };

    public static Argument TimeScale { get; } = Configurable("time-scale", ArgumentKind.Number, "A factor on the local Azure ML's durations", Configured);

    public static Argument Port { get; } = Own("port", ArgumentKind.Integer, "The local Azure ML's port on loopback", Configured) with
    {
        Maximum = 65535,
        Default = "the one of last time, else a free one",
    };

    public static Argument Seed { get; } = Configurable("seed", ArgumentKind.Integer, "Seeds what is random in the local Azure ML", Configured);

    public static Argument EmulatorFolder { get; } =
        Configurable("emulator-folder", ArgumentKind.Path, "The folder of the local Azure ML's state", Configured);

    // Rehearsing.
    public static Argument Rehearse { get; } = Own(
        "rehearse",
        ArgumentKind.Flag,
        "Try the rollout on a fresh local Azure ML, whatever the configured cloud; nothing else is called",
        Line) with
    {
        IsSaidEachTime = true,
    };

    public static Argument Speed { get; } =
        Own("speed", ArgumentKind.Integer, "How many times as fast as a real one a rehearsal's time runs", Line) with
        {
            Minimum = 1,
            Maximum = RehearsalRun.HighestSpeed,
            Default = $"{RehearsalRun.UsualSpeed}",
        };

    public static Argument Inject { get; } = Own(
        "inject",
        ArgumentKind.Faults,
        "Make the candidate worse, in a rehearsal or on the local Azure ML: errors=0.1 (share of requests), slow=3 (times as long), "
        + "wrong=0.3 (share of rows), drift=0.2 (added to scores), fail-after=15m; several with commas between",
        Line) with
    {
        IsSaidEachTime = true,
    };

    public static Argument LoadRate { get; } = Own(
        "load-rate",
        ArgumentKind.Integer,
        "Requests that callers send in each second of real time, in a rehearsal or on the local Azure ML; 0 for none",
        Line) with
    {
        Maximum = RehearsalSpec.LargestRate,
        Default = $"the configuration's, else none; in a rehearsal the configuration's, else rollout.traffic at its speed, else {RehearsalSpec.UsualRate}",
        IsSaidEachTime = true,
    };

    // Planning.
    public static Argument Through { get; } = Own("through", ArgumentKind.Choice, "The stage that the plan ends with", ["Plan"]) with
    {
        Choices = [.. Line.Select(stage => stage.ToLowerInvariant())],
        Default = "cleanup, the last one of the line",
    };

    public static Argument DetailedExitCode { get; } =
        Own("detailed-exit-code", ArgumentKind.Flag, "End with exit code 10, not 0, when there is something to change", ["Plan"]);

    // Looking.
    public static Argument DeploymentName { get; } =
        Own("deployment-name", ArgumentKind.Text, "The deployment to speak to, whatever the traffic says", ["Invoke", "Logs"]);

    public static Argument RequestFile { get; } =
        Own("request-file", ArgumentKind.Path, "The JSON file to send", ["Invoke"]) with { Default = "the configured sample" };

    /// <summary>Said each time: a variable of that name is more likely to hold a key than to name one.</summary>
    public static Argument Key { get; } = Own("key", ArgumentKind.Choice, "The key to regenerate", ["RotateKeys"]) with
    {
        Aliases = ["key-type"],
        Choices = ["primary", "secondary"],
        Default = "both, the secondary one first",
        IsSaidEachTime = true,
    };

    public static Argument Output { get; } = Own("output", ArgumentKind.Choice, "The form of the output", ["Plan", "Status", "Doctor"]) with
    {
        Choices = ["text", "json", "markdown"],
        Reserved = ("markdown", "Plan"),
        Default = "text",
    };

    public static Argument Watch { get; } =
        Own("watch", ArgumentKind.Flag, "Look again and again, until the rollout ends", ["Status"]);

    public static Argument Interval { get; } = Own("interval", ArgumentKind.Duration, "How long --watch pauses between two looks", ["Status"]) with
    {
        Default = "5s",
    };

    public static Argument RolloutId { get; } = Own("rollout", ArgumentKind.Text, "The id of the rollout that the report is about", ["Report"]) with
    {
        Default = "the endpoint's latest one",
    };

    public static Argument Container { get; } = Own("container", ArgumentKind.Choice, "Which container's log", ["Logs"]) with
    {
        Choices = ["inference-server", "storage-initializer"],
        Default = "inference-server",
    };

    public static Argument Lines { get; } = Own("lines", ArgumentKind.Integer, "How many lines of the log, the last ones", ["Logs"]) with
    {
        Minimum = 1,
        Default = "50",
    };

    public static Argument Category { get; } = Own("category", ArgumentKind.Choice, "Which tests", ["Test"]) with
    {
        Choices = ["Unit", "Integration", "Conformance", "Statistics", "Crash", "Faults", "Fuzz", "Browser"],
        Default = "all",
    };

    public static Argument Filter { get; } =
        Own("filter", ArgumentKind.Text, "A further filter on the tests, as dotnet test takes it", ["Test"]);

    public static Argument Figures { get; } =
        Own("figures", ArgumentKind.Text, "Which figures to measure, by their numbers: 1,2b,9", ["Bench"]) with { Default = "all" };

    /// <summary>All of them, in the order of the help.</summary>
    public static ImmutableArray<Argument> All { get; } =
    [
        Target, Exclusive, DryRun, Tree, Description, Verbosity, Working, Version, Info, Help,
        Config, Subscription, ResourceGroup, WorkspaceName, Tenant, Credential, ModelName, ModelPath, ModelVersion, BaselinePath,
        EndpointName,
        InstanceType, InstanceCount, Steps, Bake, FinalBake, Retain, WaitForWindow, OnCancel, Retry, Adopt, WaitForLock, ForceUnlock, To, Stage,
        DeleteEndpoint, Yes,
        Latency, TimeScale, Port, Seed, EmulatorFolder, Rehearse, Speed, Inject, LoadRate,
        Through, DetailedExitCode, DeploymentName, RequestFile, Key, Output, Watch, Interval, RolloutId, Container, Lines, Category, Filter,
        Figures,
    ];

    /// <summary>Those that say where a run acts, and with which model.</summary>
    public static ImmutableArray<Argument> Places { get; } =
    [
        Working, Config, Subscription, ResourceGroup, WorkspaceName, Tenant, Credential, ModelName, ModelPath, ModelVersion, BaselinePath,
        EndpointName, EmulatorFolder,
    ];

    /// <summary>Those that a person says of one moment only: who runs the same command again need not mean them again.</summary>
    public static ImmutableArray<Argument> OfOneMoment { get; } = [Adopt, ForceUnlock];

    /// <summary>Those that a rehearsal does not take.</summary>
    public static ImmutableArray<Argument> OthersThanRehearsal { get; } = [Exclusive, DeleteEndpoint, Latency, TimeScale, Port, EmulatorFolder];

    /// <summary>Those that mean nothing to a real Azure ML.</summary>
    public static ImmutableArray<Argument> OfEmulator { get; } = [Latency, TimeScale, Port, Seed, EmulatorFolder, Inject, LoadRate];

    /// <summary>Those that show something of the program instead of running the target.</summary>
    public static ImmutableArray<Argument> Looks { get; } = [Tree, Description, Version, Info, Help];

    /// <summary>Whether a target reads the configuration.</summary>
    public static bool IsConfigured(string target) => Config.AppliesTo(target);

    private static Argument OfHost(string name, ArgumentKind kind, string description, params string[] aliases) =>
        new(name, kind, description) { Aliases = [.. aliases], IsOfHost = true };

    private static Argument Own(string name, ArgumentKind kind, string description, ImmutableArray<string> targets) =>
        new(name, kind, description) { Targets = targets };

    /// <summary>One that overrides what the configuration says.</summary>
    private static Argument Configurable(string name, ArgumentKind kind, string description, ImmutableArray<string> targets) =>
        Own(name, kind, description, targets) with { Default = "the configuration's" };
}
