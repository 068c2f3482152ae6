using System.Globalization;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Sluice.AzureML.Connection;
using Sluice.Rollouts;
using Sluice.Rollouts.Spec;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

/// <summary>
/// Each credential of Azure.Identity on its own way to a token: the sign-in service and the agents' token services are scripted in memory,
/// <c>az</c> and <c>pwsh</c> are shell scripts on the PATH.
/// </summary>
[Category("Unit")]
[NonParallelizable]
internal sealed class SignInTests
{
    private const string Tenant = "22222222-2222-2222-2222-222222222222";
    private const string Application = "33333333-3333-3333-3333-333333333333";
    private const string ClientSecret = "a-client-secret-that-nobody-may-see";
    private const string AgentToken = "an-agents-token-that-nobody-may-see";
    private const string Assertion = "a-federated-token";

    private static readonly TokenRequestContext Scope = new(["https://management.azure.com/.default"]);

    [Test]
    public async Task The_environments_secret_becomes_a_token()
    {
        using var environment = new ProcessEnvironment(
            ("AZURE_TENANT_ID", Tenant), ("AZURE_CLIENT_ID", Application), ("AZURE_CLIENT_SECRET", ClientSecret));
        using var service = SignInService();

        var token = await TokenAsync(CredentialKind.Environment, service);

        Assert.That(token, Is.EqualTo("the-token"));
        Assert.That(Form(service)["client_secret"], Is.EqualTo(ClientSecret));
    }

    [TestCase(Cloud.AzureCloud, "login.microsoftonline.com")]
    [TestCase(Cloud.AzureChinaCloud, "login.chinacloudapi.cn")]
    [TestCase(Cloud.AzureUSGovernment, "login.microsoftonline.us")]
    public async Task One_signs_in_where_the_cloud_is_in_the_wanted_tenant(Cloud cloud, string host)
    {
        using var environment = new ProcessEnvironment(("AZURE_CLIENT_ID", Application));
        environment.Set("AZURE_FEDERATED_TOKEN_FILE", environment.Write("token", Assertion));
        using var service = SignInService();

        await TokenAsync(CredentialKind.WorkloadIdentity, service, Tenant, cloud);

        var request = service.Requests.Single(sent => sent.Method == "POST");
        Assert.That((request.Uri.Host, request.Path), Is.EqualTo((host, $"/{Tenant}/oauth2/v2.0/token")));
    }

    [Test]
    public async Task A_workload_shows_its_federated_token()
    {
        using var environment = new ProcessEnvironment(("AZURE_TENANT_ID", Tenant), ("AZURE_CLIENT_ID", Application));
        environment.Set("AZURE_FEDERATED_TOKEN_FILE", environment.Write("token", Assertion));
        using var service = SignInService();

        var token = await TokenAsync(CredentialKind.WorkloadIdentity, service);

        Assert.That(token, Is.EqualTo("the-token"));
        Assert.That(Form(service)["client_assertion"], Is.EqualTo(Assertion));
    }

    [Test]
    public async Task A_job_of_GitHub_is_a_workload_without_a_file()
    {
        using var environment = new ProcessEnvironment(
            ("AZURE_TENANT_ID", Tenant),
            ("AZURE_CLIENT_ID", Application),
            ("ACTIONS_ID_TOKEN_REQUEST_URL", "https://tokens.github.example/job?api-version=2"),
            ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", AgentToken));
        using var service = SignInService().On("GET", "/job", 200, $$"""{"value":"{{Assertion}}"}""");
        var mask = new RecordedMask();

        var token = await TokenAsync(CredentialKind.WorkloadIdentity, service, mask: mask);

        var asked = service.Requests.Single(request => request.Path == "/job");
        Assert.That(token, Is.EqualTo("the-token"));
        Assert.That(asked.Uri.Query, Is.EqualTo("?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange"));
        Assert.That(asked.Headers["Authorization"], Is.EqualTo($"Bearer {AgentToken}"));
        Assert.That(Form(service)["client_assertion"], Is.EqualTo(Assertion));
        Assert.That(mask.Hidden, Is.EqualTo(new[] { Assertion }));
    }

    [Test]
    public async Task A_pipeline_of_Azure_DevOps_exchanges_its_own_token()
    {
        using var environment = new ProcessEnvironment(
            ("AZURESUBSCRIPTION_TENANT_ID", Tenant),
            ("AZURESUBSCRIPTION_CLIENT_ID", Application),
            ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "my-connection"),
            ("SYSTEM_ACCESSTOKEN", AgentToken),
            ("SYSTEM_OIDCREQUESTURI", "https://dev.azure.example/oidctoken"));
        using var service = SignInService().On("POST", "/oidctoken", 200, $$"""{"oidcToken":"{{Assertion}}"}""");

        var token = await TokenAsync(CredentialKind.AzurePipelines, service);

        Assert.That(token, Is.EqualTo("the-token"));
        Assert.That(service.Requests.Single(request => request.Path == "/oidctoken").Headers["Authorization"], Is.EqualTo($"Bearer {AgentToken}"));
        Assert.That(Form(service)["client_assertion"], Is.EqualTo(Assertion));
    }

    [Test]
    public void What_the_environment_keeps_secret_is_hidden_before_anything_is_called()
    {
        using var environment = new ProcessEnvironment(("AZURE_CLIENT_SECRET", ClientSecret), ("SYSTEM_ACCESSTOKEN", AgentToken));
        var mask = new RecordedMask();

        AzureConnection.ToAzure(new WorkspaceSpec(Cloud.AzureCloud, Tenant, "rg", "ws", CredentialKind.AzureCli), mask).Dispose();

        Assert.That(mask.Hidden, Is.EquivalentTo(new[] { ClientSecret, AgentToken }));
    }

    [TestCase(null)]
    [TestCase(Application)]
    public async Task A_machines_identity_is_the_systems_or_the_users(string? clientId)
    {
        using var environment = new ProcessEnvironment();
        environment.Set("AZURE_CLIENT_ID", clientId);
        var end = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var service = new ScriptedService().On(
            "GET",
            "/metadata/identity/oauth2/token",
            200,
            $$"""{"access_token":"the-token","token_type":"Bearer","expires_in":"3600","expires_on":"{{end}}","resource":"https://management.azure.com"}""");

        var token = await TokenAsync(CredentialKind.ManagedIdentity, service);

        Assert.That(token, Is.EqualTo("the-token"));
        Assert.That(HttpUtility.ParseQueryString(service.Requests[^1].Uri.Query)["client_id"], Is.EqualTo(clientId));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task The_login_of_az_is_used_for_the_wanted_tenant()
    {
        using var environment = new ProcessEnvironment();
        environment.Install(
            "az",
            $$"""echo "$@" > {{environment.PathOf("asked")}}; echo '{"accessToken":"the-token","expiresOn":"2099-01-01 00:00:00.000000"}'""");
        using var service = new ScriptedService();

        var token = await TokenAsync(CredentialKind.AzureCli, service, Tenant);

        Assert.That(token, Is.EqualTo("the-token"));
        Assert.That(environment.Read("asked"), Does.Contain("--resource https://management.azure.com").And.Contain($"--tenant {Tenant}"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task The_login_of_PowerShell_is_used()
    {
        using var environment = new ProcessEnvironment();
        environment.Install(
            "pwsh",
            """
            echo '<Object Type="System.Management.Automation.PSCustomObject"><Property Name="Token" Type="System.String">the-token</Property>'
            echo '<Property Name="ExpiresOn" Type="System.Int64">4070908800</Property></Object>'
            """);
        using var service = new ScriptedService();

        var token = await TokenAsync(CredentialKind.AzurePowershell, service);

        Assert.That(token, Is.EqualTo("the-token"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task The_default_chain_comes_to_the_login_of_az_by_itself()
    {
        using var environment = new ProcessEnvironment();
        environment.Install("az", """echo '{"accessToken":"the-token","expiresOn":"2099-01-01 00:00:00.000000"}'""");
        using var service = WithoutIdentity();

        var token = await TokenAsync(CredentialKind.Default, service);

        Assert.That(token, Is.EqualTo("the-token"));
    }

    [Test]
    public async Task When_the_whole_chain_fails_each_of_its_links_is_named_and_the_next_command()
    {
        using var environment = new ProcessEnvironment();
        using var service = WithoutIdentity();

        var failure = await FailureAsync(CredentialKind.Default, service, Tenant);

        Assert.That(failure, Does.StartWith($"The credential default got no token for AzureCloud, tenant {Tenant}. It tried, in this order: "));
        Assert.That(failure, Does.Contain("EnvironmentCredential").And.Contain("WorkloadIdentityCredential").And.Contain("ManagedIdentityCredential"));
        Assert.That(failure, Does.Contain("Azure CLI not installed").And.Contain($"az login --tenant {Tenant}"));
        Assert.That(failure, Does.Not.Contain('\n').And.Not.Contain("   at ").And.Not.Contain("Broker"));
    }

    [TestCase(Cloud.AzureCloud, $"Next: az login --tenant {Tenant}")]
    [TestCase(Cloud.AzureUSGovernment, $"Next: az cloud set --name AzureUSGovernment && az login --tenant {Tenant}")]
    [Platform(Exclude = "Win")]
    public async Task Who_is_not_logged_in_is_told_the_command(Cloud cloud, string next)
    {
        using var environment = new ProcessEnvironment();
        environment.Install("az", "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1");
        using var service = new ScriptedService();

        var failure = await FailureAsync(CredentialKind.AzureCli, service, Tenant, cloud);

        Assert.That(failure, Does.StartWith($"The credential azure-cli got no token for {cloud}, tenant {Tenant}. Please run 'az login'").And.EndWith(next));
    }

    [Test]
    public async Task Without_PowerShell_that_is_said()
    {
        using var environment = new ProcessEnvironment();
        using var service = new ScriptedService();

        var failure = await FailureAsync(CredentialKind.AzurePowershell, service, Tenant, Cloud.AzureChinaCloud);

        Assert.That(failure, Does.Contain("PowerShell is not installed").And.EndWith($"Next: Connect-AzAccount -Environment AzureChinaCloud -Tenant {Tenant}"));
    }

    [Test]
    public async Task A_machine_without_an_identity_is_said_with_the_identity_that_was_wanted()
    {
        using var environment = new ProcessEnvironment(("AZURE_CLIENT_ID", Application));
        using var service = new ScriptedService().On(
            "GET", "/metadata/identity/oauth2/token", 400, """{"error":"invalid_request","error_description":"Identity not found"}""");

        var failure = await FailureAsync(CredentialKind.ManagedIdentity, service);

        Assert.That(failure, Does.StartWith("The credential managed-identity got no token for AzureCloud.").And.Contain(Application));
    }

    [Test]
    public async Task A_refused_secret_is_said_in_the_services_words_and_not_shown()
    {
        using var environment = new ProcessEnvironment(
            ("AZURE_TENANT_ID", Tenant), ("AZURE_CLIENT_ID", Application), ("AZURE_CLIENT_SECRET", ClientSecret));
        using var service = SignInService().On(
            "POST", "/oauth2/v2.0/token", 401, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: Invalid secret {{ClientSecret}}.\r\nTrace ID: 1"}""");

        var failure = await FailureAsync(CredentialKind.Environment, service);

        Assert.That(failure, Does.Contain("AADSTS7000215").And.Contain("AZURE_CLIENT_SECRET").And.Not.Contain(ClientSecret).And.Not.Contain('\n'));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task A_token_in_a_tools_complaint_is_not_shown()
    {
        using var environment = new ProcessEnvironment();
        environment.Install("az", "echo 'ERROR: broken cache: eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.c2ln' >&2; exit 1");
        using var service = new ScriptedService();

        var failure = await FailureAsync(CredentialKind.AzureCli, service);

        Assert.That(failure, Does.Contain("broken cache").And.Not.Contain("eyJ"));
    }

    [TestCase(CredentialKind.WorkloadIdentity, "AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE")]
    [TestCase(CredentialKind.Environment, "AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET")]
    [TestCase(
        CredentialKind.AzurePipelines,
        "AZURESUBSCRIPTION_TENANT_ID, AZURESUBSCRIPTION_CLIENT_ID, AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, SYSTEM_ACCESSTOKEN, SYSTEM_OIDCREQUESTURI")]
    public void All_variables_that_are_missing_are_named_before_anything_is_called(CredentialKind kind, string missing)
    {
        using var environment = new ProcessEnvironment();

        var failure = Assert.Throws<RolloutException>(() => Of(kind).Check());

        Assert.That(failure!.Message, Does.Contain(missing).And.Contain("Next: "));
    }

    [Test]
    public void A_federated_token_file_that_does_not_exist_is_named()
    {
        using var environment = new ProcessEnvironment(
            ("AZURE_TENANT_ID", Tenant), ("AZURE_CLIENT_ID", Application), ("AZURE_FEDERATED_TOKEN_FILE", "/nowhere/token"));

        var failure = Assert.Throws<RolloutException>(() => Of(CredentialKind.WorkloadIdentity).Check());

        Assert.That(failure!.Message, Does.Contain("/nowhere/token").And.Contain("id-token: write"));
    }

    [Test]
    public void A_tenant_that_the_environment_contradicts_is_said()
    {
        using var environment = new ProcessEnvironment(
            ("AZURE_TENANT_ID", Tenant), ("AZURE_CLIENT_ID", Application), ("AZURE_CLIENT_SECRET", ClientSecret));

        var failure = Assert.Throws<RolloutException>(() => Of(CredentialKind.Environment, "another").Check());

        Assert.That(failure!.Message, Does.Contain(Tenant).And.Contain("another").And.Not.Contain(ClientSecret));
    }

    [TestCase("GITHUB_ACTIONS", "true")]
    [TestCase("TF_BUILD", "True")]
    [TestCase("CI", "true")]
    public void No_browser_is_opened_at_an_agent(string variable, string value)
    {
        using var environment = new ProcessEnvironment((variable, value));
        using var service = new ScriptedService();
        using var transport = new HttpClientTransport(service);

        var failure = Assert.Throws<RolloutException>(
            () => Credentials.Create(Of(CredentialKind.Interactive), AzureAuthorityHosts.AzurePublicCloud, transport, new RecordedMask()));

        Assert.That(failure!.Message, Does.Contain("browser").And.Contain(variable));
    }

    [Test]
    public void The_default_chain_opens_no_browser_at_an_agent_either()
    {
        using var environment = new ProcessEnvironment(("CI", "true"), ("AZURE_TOKEN_CREDENTIALS", "InteractiveBrowserCredential"));

        var failure = Assert.Throws<RolloutException>(() => Of(CredentialKind.Default).Check());

        Assert.That(failure!.Message, Does.Contain("browser"));
    }

    [Test]
    public void A_chain_that_does_not_exist_is_said()
    {
        using var environment = new ProcessEnvironment(("AZURE_TOKEN_CREDENTIALS", "nonsense"));
        using var service = new ScriptedService();
        using var transport = new HttpClientTransport(service);

        var failure = Assert.Throws<RolloutException>(
            () => Credentials.Create(Of(CredentialKind.Default), AzureAuthorityHosts.AzurePublicCloud, transport, new RecordedMask()));

        Assert.That(failure!.Message, Does.Contain("AZURE_TOKEN_CREDENTIALS").And.Contain("nonsense"));
    }

    [TestCase(null)]
    [TestCase("false")]
    public void At_a_desk_a_browser_may_be_chosen(string? ci)
    {
        using var environment = new ProcessEnvironment();
        environment.Set("CI", ci);
        using var service = new ScriptedService();
        using var transport = new HttpClientTransport(service);

        var credential = Credentials.Create(Of(CredentialKind.Interactive), AzureAuthorityHosts.AzurePublicCloud, transport, new RecordedMask());

        Assert.That(credential, Is.TypeOf<InteractiveBrowserCredential>());
    }

    [TestCase(Cloud.AzureCloud, "https://management.azure.com/", "https://login.microsoftonline.com/", "https://ml.azure.com")]
    [TestCase(Cloud.AzureChinaCloud, "https://management.chinacloudapi.cn/", "https://login.chinacloudapi.cn/", "https://ml.azure.cn")]
    [TestCase(Cloud.AzureUSGovernment, "https://management.usgovcloudapi.net/", "https://login.microsoftonline.us/", "https://ml.azure.us")]
    public void Each_cloud_is_where_the_official_clients_look_for_it(Cloud cloud, string arm, string authority, string audience)
    {
        var environment = CloudEnvironment.Of(cloud);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(environment.Arm.Endpoint, Is.EqualTo(new Uri(arm)));
            Assert.That(environment.Arm.Audience.TrimEnd('/'), Is.EqualTo(arm.TrimEnd('/')));
            Assert.That(environment.Authority, Is.EqualTo(new Uri(authority)));
            Assert.That(environment.ScoringAudience, Is.EqualTo(audience));
        }
    }

    /// <summary>Microsoft Entra ID: it tells who it is, and gives a token.</summary>
    private static ScriptedService SignInService() => new ScriptedService()
        .On("GET", "/discovery/instance", 200, """{"tenant_discovery_endpoint":"https://login.example/","api-version":"1.1","metadata":[]}""")
        .On("POST", "/oauth2/v2.0/token", 200, """{"token_type":"Bearer","expires_in":3600,"access_token":"the-token"}""");

    /// <summary>A machine that has no identity.</summary>
    private static ScriptedService WithoutIdentity() => new ScriptedService().On(
        "GET", "/metadata/identity/oauth2/token", _ => throw new HttpRequestException("No route to host (169.254.169.254:80)"));

    private static System.Collections.Specialized.NameValueCollection Form(ScriptedService service) =>
        HttpUtility.ParseQueryString(service.Requests.Last(request => request.Path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal)).Body);

    private static SignIn Of(CredentialKind kind, string? tenant = null, Cloud cloud = Cloud.AzureCloud) =>
        new(kind, cloud, tenant, Environment.GetEnvironmentVariable);

    private static async Task<string> TokenAsync(
        CredentialKind kind, ScriptedService service, string? tenant = null, Cloud cloud = Cloud.AzureCloud, RecordedMask? mask = null)
    {
        using var transport = new HttpClientTransport(service);
        var signIn = Of(kind, tenant, cloud);
        var inner = Credentials.Create(signIn, CloudEnvironment.Of(cloud).Authority, transport, mask ?? new RecordedMask());
        var credential = new SignInCredential(inner, signIn);
        return (await credential.GetTokenAsync(Scope, CancellationToken.None)).Token;
    }

    private static async Task<string> FailureAsync(
        CredentialKind kind, ScriptedService service, string? tenant = null, Cloud cloud = Cloud.AzureCloud) =>
        (await Assert.ThrowsAsync<AuthenticationFailedException>(() => TokenAsync(kind, service, tenant, cloud)))!.Message;
}
