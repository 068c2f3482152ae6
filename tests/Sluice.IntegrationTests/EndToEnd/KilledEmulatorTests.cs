using System.Net;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>A local Azure ML that is killed outright while an operation runs, and started again.</summary>
[Category("Integration")]
public sealed class KilledEmulatorTests
{
    [Test]
    public async Task Operations_that_were_running_are_polled_to_their_end_at_the_same_address()
    {
        await using var bench = new Workbench(config =>
        {
            config["emulator"]!["latency"] = "demo";
            config["emulator"]!["timeScale"] = 3;
        });
        var folder = Path.Combine(bench.Folder, ".sluice", "emulator");
        var first = await StartAsync(bench);
        ArmAnswer deploying;
        await using (var attached = await RunningEmulator.StartAsync(folder))
        {
            await HeartEndpoint.CreateAsync(attached);
            deploying = await attached.Arm.PutAsync($"{HeartEndpoint.Path}/deployments/blue", attached.Arm.DeploymentBody());
            await first.KillAsync();
        }

        var second = await StartAsync(bench);
        ArmAnswer shifting;
        string? deployed;
        await using (var attached = await RunningEmulator.StartAsync(folder))
        {
            deployed = (string?)(await attached.Arm.EndOfAsync(deploying))["status"];
            shifting = await attached.Arm.PutAsync(HeartEndpoint.Path, ArmClient.EndpointBody(new { blue = 100 }));
            await second.KillAsync();
        }

        await StartAsync(bench);
        await using var last = await RunningEmulator.StartAsync(folder);
        var shifted = (string?)(await last.Arm.EndOfAsync(shifting))["status"];
        var scored = await HeartEndpoint.ScoreAsync(last);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(last.Azure.IsServing, Is.False);
            Assert.That(deploying.Status, Is.EqualTo(HttpStatusCode.Created), deploying.Text);
            Assert.That(deployed, Is.EqualTo("Succeeded"));
            Assert.That(shifting.Status, Is.EqualTo(HttpStatusCode.Created), shifting.Text);
            Assert.That(shifted, Is.EqualTo("Succeeded"));
            Assert.That((scored.Status, scored.Deployment), Is.EqualTo((HttpStatusCode.OK, "blue")));
        }
    }

    private static async Task<SluiceProcess> StartAsync(Workbench bench)
    {
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");
        return emulator;
    }
}
