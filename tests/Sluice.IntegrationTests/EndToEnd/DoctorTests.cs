using Newtonsoft.Json.Linq;
using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Crashes;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>The real program examines a workspace, and changes nothing in it.</summary>
[Category("Integration")]
internal sealed class DoctorTests
{
    [Test]
    public async Task On_a_workspace_where_all_is_well_no_check_fails_and_nothing_is_written()
    {
        var record = new ServiceRecord();
        await using var emulator = await RunningEmulator.StartAsync(watch: record);
        await using var bench = Workbench.At(emulator);

        var before = await bench.RunAsync("--target=Doctor");
        var asked = record.Requests;
        var blue = await bench.RunAsync("--target=Blue");
        var after = await bench.RunAsync("--target=Doctor", "--output=json");

        Assert.That(before.ExitCode, Is.Zero, before.ToString());
        Assert.That(blue.ExitCode, Is.Zero, blue.ToString());
        Assert.That(after.ExitCode, Is.Zero, after.ToString());
        var document = JObject.Parse(after.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Output, Does.Match("(?m)^ok +role ").And.Match("(?m)^ok +quota ").And.Not.Match("(?m)^(warn|fail) "));
            Assert.That(before.Output, Does.Match("(?m)^skip +scoring +There is no scoring URI yet"));
            Assert.That(before.Error, Is.Empty);
            Assert.That(asked.Select(request => request.Path), Has.Some.EndsWith("/permissions").And.Some.EndsWith("/usages"));
            Assert.That(asked.Where(IsWrite).Select(request => $"{request.Method} {request.Path}"), Is.Empty);
            Assert.That(document["checks"]!.Select(check => (string?)check["outcome"]), Has.Exactly(18).EqualTo("ok"));
            Assert.That((bool)document["isClear"]!, Is.True);
        }
    }

    [Test]
    public async Task What_is_refused_is_told_with_its_fix_and_all_else_is_asked_all_the_same()
    {
        await using var emulator = await RunningEmulator.StartAsync(coreLimit: 10, faults: """
            { "rules": [
              { "surface": "arm", "path": "*/Microsoft.Authorization/permissions",
                "answer": { "status": 403, "code": "AuthorizationFailed", "message": "The client may not do that." } },
              { "surface": "arm", "path": "*/datastores/*",
                "answer": { "status": 403, "code": "AuthorizationFailed", "message": "The client may not do that." } } ] }
            """);
        await using var bench = Workbench.At(emulator);

        var run = await bench.RunAsync("--target=Doctor", "--output=json");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        var checks = JObject.Parse(run.Output)["checks"]!.ToDictionary(check => (string)check["check"]!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)checks["role"]["outcome"], Is.EqualTo("warn"));
            Assert.That((string?)checks["datastore"]["outcome"], Is.EqualTo("fail"));
            Assert.That((string?)checks["datastore"]["fix"], Does.StartWith("az role assignment create").And.Contain("AzureML Data Scientist"));
            Assert.That((string?)checks["lock"]["outcome"], Is.EqualTo("skip"));
            Assert.That((string?)checks["quota"]["outcome"], Is.EqualTo("fail"), "16 cores are needed, and 10 are there.");
            Assert.That((string?)checks["endpoint"]["outcome"], Is.EqualTo("ok"));
        }
    }

    [Test]
    public async Task On_Azure_without_a_sign_in_the_rest_is_skipped_and_the_fix_is_said()
    {
        await using var bench = Workbench.OnAzureWithoutSignIn();

        // A proxy that nobody runs: nothing leaves the machine.
        bench.Environment["HTTPS_PROXY"] = "http://127.0.0.1:9";

        var run = await bench.RunAsync("--target=Doctor");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Output, Does.Match("(?m)^fail +network .*management.azure.com"));
            Assert.That(run.Output, Does.Match("(?m)^fail +sign-in .*The credential environment needs the environment variables AZURE_TENANT_ID"));
            Assert.That(run.Output, Does.Match("(?m)^ +→ set AZURE_TENANT_ID="));
            Assert.That(run.Output, Does.Match("(?m)^skip +workspace "));
            Assert.That(run.Output, Does.Contain("In the way of a rollout: network, sign-in."));
        }
    }

    [Test]
    public async Task What_this_machine_lacks_is_told_by_its_name()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var bench = Workbench.At(emulator);
        bench.Environment["HOME"] = Path.Combine(bench.Folder, "nowhere");
        bench.Write("artifacts", "This is no folder.");
        bench.Write(".sluice", "Nor is this.");

        var run = await bench.RunAsync("--target=Doctor");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Match("(?m)^ok +SDK "));
            Assert.That(run.Output, Does.Match("(?m)^warn +home .*nowhere can't be written: it is not there[.] "));
            Assert.That(run.Output, Does.Match("(?m)^warn +artifacts .*artifacts can't be written: it is a file[.] "));
            Assert.That(run.Output, Does.Match("(?m)^warn +[.]sluice .*[.]sluice can't be written: it is a file[.] "));
            Assert.That(run.Output, Does.Match("(?m)^skip +python "));
        }
    }

    [Test]
    public async Task A_local_Azure_ML_that_does_not_start_is_a_finding_too()
    {
        await using var bench = new Workbench(config => config["emulator"]!["folder"] = "no-folder/state");
        bench.Write("config/no-folder", "This is no folder.");

        var run = await bench.RunAsync("--target=Doctor");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Output, Does.Match("(?m)^fail +local Azure ML +The local Azure ML can't start: ").And.Match("(?m)^ok +SDK "));
    }

    private static bool IsWrite(FaultTarget request) =>
        request.Method is "PUT" or "PATCH" or "DELETE"
        || (request.Method == "POST" && !request.Path.EndsWith("/listSecrets", StringComparison.OrdinalIgnoreCase));
}
