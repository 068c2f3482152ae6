using System.Globalization;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>Whether the workspace is reached: by this machine, with this clock, as this caller.</summary>
/// <param name="spec">What is wanted.</param>
/// <param name="command">The command that runs a target on what was examined.</param>
public sealed class AccessChecks(RolloutSpec spec, Func<string, string> command)
{
    /// <summary>What is worth a word: tokens of Entra, shared access signatures and requests to storage hold from and until a time.</summary>
    private static readonly TimeSpan NotableSkew = TimeSpan.FromMinutes(2);

    /// <summary>What Microsoft's identity libraries tolerate by default when they look at a token's times.</summary>
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(5);

    /// <summary>ARM tells whole seconds, and some servers tell the one before.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromSeconds(2);

    private WorkspaceSpec Workspace => spec.Workspace;

    /// <summary>ARM's host by cloud, as ArmEnvironment of Azure.ResourceManager has it.</summary>
    private string ArmHost => Workspace.Cloud switch
    {
        Cloud.AzureChinaCloud => "management.chinacloudapi.cn",
        Cloud.AzureUSGovernment => "management.usgovcloudapi.net",
        Cloud.Local => "localhost",
        _ => "management.azure.com",
    };

    private bool IsLocal => Workspace.Cloud == Cloud.Local;

    /// <summary>Whether ARM is reached.</summary>
    public CheckResult Network(Answer<ReachFact> reached)
    {
        const string Name = "network";
        ArgumentNullException.ThrowIfNull(reached);
        return reached.Judge(
            Name,
            fact => CheckResult.Ok(Name, $"{fact.Address.GetLeftPart(UriPartial.Authority)} answers."),
            problem => CheckResult.Fail(Name, problem.Sentence, WayOut(problem.Code)));
    }

    /// <summary>Whether this machine's clock is right, by ARM's.</summary>
    public static CheckResult Clock(Answer<ReachFact> reached)
    {
        const string Name = "clock";
        const string Fix = "timedatectl set-ntp true (on Windows: w32tm /resync)";
        ArgumentNullException.ThrowIfNull(reached);
        return reached.Judge(
            Name,
            fact => fact.ClockAhead is not { } ahead
                ? CheckResult.Skip(Name, "The answer of ARM told no time.")
                : ahead.Duration() > ToleratedSkew
                ? CheckResult.Fail(Name, $"{Words(ahead)} Tokens count as ended or as not begun, and signatures of the storage likewise.", Fix)
                : ahead.Duration() > NotableSkew
                ? CheckResult.Warn(
                    Name,
                    $"{Words(ahead)} Tokens, signatures of the storage and the journal's times go by clocks; above 5 minutes tokens are refused.",
                    Fix)
                : CheckResult.Ok(Name, Words(ahead)),
            _ => CheckResult.Skip(Name, "ARM could not be asked for the time."));
    }

    /// <summary>Whether there is a token, and whom it is for.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="wanted">The tenant that ARM wants a sign-in to; null when it is not known.</param>
    public CheckResult SignIn(Answer<CallerFact> caller, string? wanted)
    {
        const string Name = "sign-in";
        ArgumentNullException.ThrowIfNull(caller);
        if (IsLocal)
        {
            return caller.Judge(
                Name,
                _ => CheckResult.Ok(Name, "The local Azure ML has a token of its own, and nobody signs in."),
                problem => CheckResult.Fail(Name, problem.Sentence, command("Reset")));
        }

        return caller.Judge(
            Name,
            fact => wanted is not null && fact.TenantId is { } tenant && !Same(tenant, wanted)
                ? CheckResult.Fail(
                    Name,
                    $"The credential {CredentialNames.Of(Workspace.Credential)} signs in {fact} to tenant {tenant}, and the subscription belongs "
                    + $"to tenant {wanted}.",
                    $"az login --tenant {wanted}, and --tenant={wanted} or workspace.tenantId")
                : CheckResult.Ok(
                    Name,
                    $"The credential {CredentialNames.Of(Workspace.Credential)} signs in {fact}"
                    + $"{(fact.TenantId is null ? "" : $", tenant {fact.TenantId}")}."),
            problem => Failed(Name, problem));
    }

    /// <summary>Whether the subscription is there, takes writes, and belongs to the tenant that was signed in to.</summary>
    public CheckResult Subscription(Answer<SubscriptionFact> subscription, CallerFact? caller)
    {
        const string Name = "subscription";
        ArgumentNullException.ThrowIfNull(subscription);
        var id = Workspace.SubscriptionId;
        return subscription.Judge(
            Name,
            fact => fact.State is not ("Enabled" or "Warned" or "PastDue")
                ? CheckResult.Fail(
                    Name, $"Subscription {id} ({fact.Name}) is {fact.State}, and takes no writes.", $"az account subscription enable --id {id}")
                : fact.TenantId is { } tenant && caller?.TenantId is { } own && !Same(tenant, own)
                ? CheckResult.Warn(
                    Name,
                    $"Subscription {id} ({fact.Name}) belongs to tenant {tenant}, and the token is for tenant {own}.",
                    $"az login --tenant {tenant}, and --tenant={tenant} or workspace.tenantId")
                : fact.State != "Enabled"
                ? CheckResult.Warn(
                    Name, $"Subscription {id} ({fact.Name}) is {fact.State}; it takes writes for now.", $"az account show --subscription {id}")
                : CheckResult.Ok(Name, $"Subscription {id} ({fact.Name}) is enabled."),
            problem => problem.IsLackOfRight
                ? CheckResult.Warn(
                    Name,
                    $"Subscription {id} may not be looked at by this caller, which a rollout does not need. {problem.Sentence}",
                    $"az account show --subscription {id}")
                : CheckResult.Fail(Name, problem.Sentence, "az account list --all --output table, then --subscription or workspace.subscriptionId"));
    }

    /// <summary>Whether the workspace is there and can be used from here.</summary>
    public CheckResult OfWorkspace(Answer<WorkspaceFact> workspace, CallerFact? caller)
    {
        const string Name = "workspace";
        ArgumentNullException.ThrowIfNull(workspace);
        var place = $"Workspace {Workspace.Name} in {Workspace.ResourceGroup}";
        var show = $"az ml workspace show --name {Workspace.Name} --resource-group {Workspace.ResourceGroup} "
            + $"--subscription {Workspace.SubscriptionId}";
        return workspace.Judge(
            Name,
            fact => fact.State != "Succeeded"
                ? CheckResult.Fail(Name, $"{place} is {fact.State}, and not ready for use.", show)
                : !fact.IsPublic
                ? CheckResult.Warn(
                    Name,
                    $"{place}, {fact.Location}, does not answer on the public network, so the rollout must run in a network with a private end point "
                    + "to it.",
                    show)
                : CheckResult.Ok(Name, $"{place} is there, in {fact.Location}."),
            problem => problem.IsLackOfRight
                ? CheckResult.Fail(
                    Name,
                    problem.Sentence,
                    RoleAssignment.Command(NeededOperations.DataScientist, caller, RoleAssignment.ScopeOf(Workspace)))
                : CheckResult.Fail(
                    Name,
                    problem.Sentence,
                    $"az ml workspace list --subscription {Workspace.SubscriptionId} --output table, then --workspace-name and --resource-group, "
                    + "or workspace.name and workspace.resourceGroup"));
    }

    private static CheckResult Failed(string name, Problem problem)
    {
        // What the sign-in says ends with what to do.
        const string Next = " Next: ";
        var sentence = problem.Sentence;
        var cut = sentence.LastIndexOf(Next, StringComparison.Ordinal);
        return cut < 0
            ? CheckResult.Fail(name, sentence, "az login, or choose another credential with --credential")
            : CheckResult.Fail(name, sentence[..cut], sentence[(cut + Next.Length)..]);
    }

    private static string Words(TimeSpan ahead)
    {
        var seconds = Math.Abs(ahead.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return ahead.Duration() <= Exactness ? "This machine's clock agrees with ARM's."
            : $"This machine's clock is {seconds} s {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} ARM's.";
    }

    private string WayOut(string? code) => code switch
    {
        ReachFact.NameUnknown => $"nslookup {ArmHost}, and let this machine use a name service that knows it",
        ReachFact.NotSecured =>
            $"curl -v https://{ArmHost}, and trust the certificate of the proxy that opens the connection, if there is one",
        ReachFact.ProxyRefused => $"curl -v https://{ArmHost}, and let the proxy of HTTPS_PROXY pass it on",
        _ => $"curl -v https://{ArmHost}, and let the firewall pass it, or name a proxy in HTTPS_PROXY",
    };

    private static bool Same(string tenant, string other) => tenant.Equals(other, StringComparison.OrdinalIgnoreCase);
}
