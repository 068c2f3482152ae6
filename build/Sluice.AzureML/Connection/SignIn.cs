using System.Text.RegularExpressions;
using Azure.Identity;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Connection;

/// <summary>
/// Which credential signs in, to which cloud and tenant, and with which environment: what a person has to know when it fails.
/// </summary>
/// <param name="Kind">The credential.</param>
/// <param name="Cloud">The cloud.</param>
/// <param name="TenantId">The tenant; null for the credential's own.</param>
/// <param name="Environment">Reads an environment variable; null when it is not set.</param>
internal sealed partial record SignIn(CredentialKind Kind, Cloud Cloud, string? TenantId, Func<string, string?> Environment)
{
    /// <summary>Chooses a part of the default chain.</summary>
    public const string ChainVariable = "AZURE_TOKEN_CREDENTIALS";

    private const int LongestReason = 300;
    private const int LongestLink = 120;

    /// <summary>Set by the agents of GitHub, of Azure DevOps, and of nearly all others.</summary>
    private static readonly string[] AgentVariables = ["GITHUB_ACTIONS", "TF_BUILD", "CI"];

    /// <summary>Variables whose values may be quoted by a tool that failed.</summary>
    private static readonly string[] SecretVariables =
    [
        "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD", "SYSTEM_ACCESSTOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    ];

    /// <summary>The name that people choose it by.</summary>
    public string Name => CredentialNames.Of(Kind);

    /// <summary>Whether GitHub itself gives the federated token, by <see cref="GitHubAssertion"/>.</summary>
    public bool HasGitHubAssertion =>
        !IsSet("AZURE_FEDERATED_TOKEN_FILE") && IsSet(GitHubAssertion.UrlVariable) && IsSet(GitHubAssertion.TokenVariable);

    /// <summary>Checks what can be checked before anything is called.</summary>
    /// <exception cref="RolloutException">The credential lacks something; the sentence says all that it lacks, and what to do.</exception>
    public void Check()
    {
        var missing = Needed().Where(name => !IsSet(name)).ToArray();
        if (missing.Length > 0)
        {
            var variables = missing.Length == 1 ? $"variable {missing[0]}, which is" : $"variables {string.Join(", ", missing)}, which are";
            throw new RolloutException($"The credential {Name} needs the environment {variables} not set. {Next()}");
        }

        switch (Kind)
        {
            case CredentialKind.WorkloadIdentity when Environment("AZURE_FEDERATED_TOKEN_FILE") is { Length: > 0 } file && !File.Exists(file):
                throw new RolloutException(
                    $"The credential {Name} reads the file that AZURE_FEDERATED_TOKEN_FILE names, and '{file}' does not exist. {Next()}");
            case CredentialKind.Environment when TenantId is not null && !IsTenant(Environment("AZURE_TENANT_ID")):
                throw new RolloutException(
                    $"The credential {Name} signs in to the tenant that AZURE_TENANT_ID names, '{Environment("AZURE_TENANT_ID")}'; "
                    + $"'{TenantId}' is wanted. Leave --tenant and workspace.tenantId out, or set the variable to it.");
            case CredentialKind.Interactive or CredentialKind.Default when OpensBrowser && AgentVariables.FirstOrDefault(IsTrue) is { } agent:
                throw new RolloutException(
                    $"The credential {Name} opens a browser, and there is nobody at an agent ({agent} is set). {Next()}");
        }
    }

    /// <summary>Has the secrets hidden that the environment holds.</summary>
    public void Hide(ISecretMask mask)
    {
        foreach (var secret in Secrets())
        {
            mask.Hide(secret);
        }
    }

    /// <summary>One line on a failure: what was tried, for whom, why it failed, and what to do. It holds no secret.</summary>
    public string Explain(AuthenticationFailedException failure)
    {
        var tenant = TenantId is null ? "" : $", tenant {TenantId}";
        return $"The credential {Name} got no token for {Cloud}{tenant}. {Reason(failure)} {Next()}";
    }

    private string Reason(AuthenticationFailedException failure)
    {
        // The chain names each of its links in a line of its own, in the order in which it tried them.
        var links = failure.Message.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("- ", StringComparison.Ordinal)).ToArray();
        return Kind == CredentialKind.Default && links.Length > 0
            ? $"It tried, in this order: {string.Join("; ", links.Select(link => Shorten(FirstSentence(Clean(link[2..])), LongestLink)))}."
            : Shorten(ServiceWords().Match(Clean(Whole(failure))) is { Success: true } words ? words.Value : Clean(Whole(failure)), LongestReason) + ".";
    }

    /// <summary>A message that ends with a colon leaves the reason to its cause.</summary>
    private static string Whole(Exception failure) => failure.Message.Trim() is var text && text.EndsWith(':') && failure.InnerException is { } cause
        ? $"{text} {Whole(cause)}"
        : text;

    /// <summary>What to do, with the command or the variables.</summary>
    private string Next()
    {
        var tenant = TenantId ?? "<tenant>";
        return Kind switch
        {
            CredentialKind.AzureCli => $"Next: {AzLogin()}",
            CredentialKind.AzurePowershell =>
                $"Next: Connect-AzAccount{(Cloud == Cloud.AzureCloud ? "" : $" -Environment {Cloud}")}{(TenantId is null ? "" : $" -Tenant {TenantId}")}",
            CredentialKind.ManagedIdentity =>
                $"Next: give this machine {Identity()}, and the identity a role on the workspace; or choose another one with --credential.",
            CredentialKind.WorkloadIdentity =>
                $"Next: set AZURE_TENANT_ID={tenant}, AZURE_CLIENT_ID=<application> and AZURE_FEDERATED_TOKEN_FILE=<file>; in GitHub Actions the job's "
                + "permissions: { id-token: write } stand for the file.",
            CredentialKind.Environment =>
                $"Next: set AZURE_TENANT_ID={tenant}, AZURE_CLIENT_ID=<application>, and AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH.",
            CredentialKind.AzurePipelines =>
                "Next: run .ci/identity in the task AzureCLI@2 with the service connection, which hands AZURESUBSCRIPTION_* on, then this in a step of "
                + "bash with SYSTEM_ACCESSTOKEN: $(System.AccessToken) in its env.",
            CredentialKind.Interactive => "Next: run it at a desk with a browser, or choose another one with --credential.",
            _ => $"Next: {AzLogin()}; or choose one with --credential.",
        };
    }

    /// <summary>az keeps a cloud of its own, and takes no other from outside.</summary>
    private string AzLogin() =>
        (Cloud == Cloud.AzureCloud ? "" : $"az cloud set --name {Cloud} && ") + "az login" + (TenantId is null ? "" : $" --tenant {TenantId}");

    private string Identity() => Environment("AZURE_CLIENT_ID") is { Length: > 0 } id
        ? $"the user-assigned managed identity with the client id {id} (AZURE_CLIENT_ID)"
        : "a system-assigned managed identity, or name a user-assigned one's client id in AZURE_CLIENT_ID";

    private IEnumerable<string> Needed() => Kind switch
    {
        CredentialKind.WorkloadIdentity =>
        [
            .. OwnTenant("AZURE_TENANT_ID"), "AZURE_CLIENT_ID", .. HasGitHubAssertion ? (string[])[] : ["AZURE_FEDERATED_TOKEN_FILE"],
        ],
        CredentialKind.Environment =>
        [
            "AZURE_TENANT_ID",
            "AZURE_CLIENT_ID",
            .. IsSet("AZURE_CLIENT_CERTIFICATE_PATH") || (IsSet("AZURE_USERNAME") && IsSet("AZURE_PASSWORD")) ? (string[])[] : ["AZURE_CLIENT_SECRET"],
        ],
        CredentialKind.AzurePipelines =>
        [
            .. OwnTenant("AZURESUBSCRIPTION_TENANT_ID"),
            "AZURESUBSCRIPTION_CLIENT_ID",
            "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
            "SYSTEM_ACCESSTOKEN",
            "SYSTEM_OIDCREQUESTURI",
        ],
        _ => [],
    };

    /// <summary>The default chain leaves the browser out, unless the variable that chooses one of its links names it.</summary>
    private bool OpensBrowser =>
        Kind == CredentialKind.Interactive
        || string.Equals(Environment(ChainVariable), nameof(InteractiveBrowserCredential), StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> Secrets() => SecretVariables.Select(Environment).OfType<string>().Where(value => value.Length > 0);

    private string[] OwnTenant(string variable) => TenantId is null ? [variable] : [];

    private bool IsSet(string variable) => Environment(variable) is { Length: > 0 };

    private bool IsTrue(string variable) =>
        IsSet(variable) && !string.Equals(Environment(variable), "false", StringComparison.OrdinalIgnoreCase);

    private bool IsTenant(string? tenant) => string.Equals(tenant, TenantId, StringComparison.OrdinalIgnoreCase);

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private static string Shorten(string text, int longest) => text.Length <= longest ? text.TrimEnd('.') : $"{text[..longest].TrimEnd()} …";

    /// <summary>A text on one line, without what is secret in it.</summary>
    private string Clean(string text)
    {
        var line = Secrets().Aggregate(text, (rest, secret) => rest.Replace(secret, "***", StringComparison.Ordinal));
        return WhiteSpace().Replace(Token().Replace(line, "***"), " ").Trim();
    }

    /// <summary>What Microsoft Entra ID itself says, without the ids that it adds.</summary>
    [GeneratedRegex(@"AADSTS\d+:.*?(?= Trace ID:| \(|$)")]
    private static partial Regex ServiceWords();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"eyJ[\w-]+(\.[\w-]*)*")]
    private static partial Regex Token();
}
