namespace Sluice.Tests.Architecture;

[Category("Unit")]
internal sealed class RoomTests
{
    private static readonly string[] StandIns = ["Azure.ResourceManager.MachineLearning", "Cake.Frosting", "Cake.Json"];

    [TestCase(Rooms.Host, Rooms.AzureML, Rooms.Rollouts, Rooms.Emulator)]
    [TestCase(Rooms.AzureML, Rooms.Rollouts)]
    [TestCase(Rooms.Rollouts)]
    [TestCase(Rooms.Emulator)]
    [TestCase(Rooms.Trainer)]
    [TestCase("Azure.ResourceManager.MachineLearning")]
    [TestCase("Cake.Frosting")]
    [TestCase("Cake.Json")]
    public void An_assembly_knows_only_the_rooms_that_it_may(string assembly, params string[] allowed)
    {
        Assert.That(Rooms.References(assembly).Intersect(Rooms.All), Is.SubsetOf(allowed));
    }

    [TestCase("Azure.", Rooms.AzureML)]
    [TestCase("Cake.", Rooms.Host)]
    [TestCase("Spectre.", Rooms.Host)]
    [TestCase("OxyPlot", Rooms.Host)]
    [TestCase("Microsoft.Data.Sqlite", Rooms.Emulator)]
    [TestCase("Microsoft.AspNetCore.", Rooms.Emulator, Rooms.Host)]
    [TestCase("Microsoft.ML.OnnxRuntime", Rooms.Emulator, Rooms.Trainer)]
    public void A_package_is_seen_only_by_the_rooms_that_it_belongs_to(string prefix, params string[] allowed)
    {
        var seenBy = Rooms.All.Where(room => Rooms.References(room).Any(name => name.StartsWith(prefix, StringComparison.Ordinal)));

        Assert.That(seenBy, Is.SubsetOf(allowed));
    }

    [Test]
    public void Charts_are_drawn_by_the_reports_alone_so_that_nothing_else_loads_what_draws_them()
    {
        var types = NetArchTest.Rules.Types.InAssembly(System.Reflection.Assembly.Load(Rooms.Host)).That().HaveDependencyOn("OxyPlot").GetTypes().ToList();

        Assert.That(types, Is.Not.Empty);
        Assert.That(types.Select(type => type.Namespace).Distinct(), Is.EqualTo(["Sluice.Reporting"]));
    }

    [Test]
    public void The_domain_sees_no_service_no_terminal_and_no_network()
    {
        string[] banned =
        [
            "Azure.", "Cake.", "Spectre.", "Microsoft.AspNetCore.", "Microsoft.Extensions.", "System.Net.Http", "System.Net.Sockets",
        ];

        var seen = Rooms.References(Rooms.Rollouts)
            .Where(name => banned.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

        Assert.That(seen, Is.Empty);
    }

    [Test]
    public void The_emulator_and_the_client_have_no_assembly_of_the_project_in_common()
    {
        var emulator = Reachable(Rooms.Emulator);
        var client = Reachable(Rooms.AzureML);

        Assert.That(emulator.Intersect(client), Is.Empty);
    }

    /// <summary>The assembly itself and those of the project that it leads to.</summary>
    private static HashSet<string> Reachable(string assembly)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([assembly]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                Rooms.References(next).Where(name => Rooms.All.Contains(name) || StandIns.Contains(name)).ToList().ForEach(open.Push);
            }
        }

        return reached;
    }
}
