using System.Reflection;
using NetArchTest.Rules;

namespace Sluice.Tests.Architecture;

[Category("Unit")]
internal sealed class ConductTests
{
    private static readonly CallsNone NoClock = new(
        "System.DateTime.get_Now",
        "System.DateTime.get_UtcNow",
        "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow");

    private static readonly CallsNone NoBlocking = new(
        "System.Threading.Tasks.Task.Wait",
        "System.Threading.Tasks.Task.WaitAll",
        "System.Threading.Tasks.Task.WaitAny",
        "System.Threading.Tasks.Task`1.get_Result",
        "System.Threading.Tasks.ValueTask`1.get_Result",
        "System.Threading.Thread.Sleep");

    [Test]
    public void A_class_is_sealed_or_abstract_unless_another_one_derives_from_it()
    {
        var types = Rooms.Types().ToList();
        var bases = types.Select(type => type.BaseType).OfType<Type>()
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type)
            .ToHashSet();

        var open = types.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !bases.Contains(type));

        Assert.That(open, Is.Empty);
    }

    [Test]
    public void No_static_field_can_change()
    {
        const BindingFlags statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

        // An automatic property's field is generated too, but a setter makes it state.
        var fields = Rooms.Types().SelectMany(type => type.GetFields(statics))
            .Where(field => !field.IsInitOnly && !field.IsLiteral)
            .Where(field => !Rooms.IsGenerated(field) || field.Name.EndsWith("k__BackingField", StringComparison.Ordinal));

        Assert.That(fields.Select(field => $"{field.DeclaringType}.{field.Name}"), Is.Empty);
    }

    [Test]
    public void Time_comes_from_a_TimeProvider() => AssertMet(NoClock);

    [Test]
    public void No_thread_waits_for_a_task_or_sleeps() => AssertMet(NoBlocking);

    [Test]
    public void The_rule_about_calls_sees_into_asynchronous_methods()
    {
        var offender = Types.InAssembly(typeof(ConductTests).Assembly).That().HaveName(nameof(Offender)).Should();

        Assert.That(offender.MeetCustomRule(NoClock).GetResult().IsSuccessful, Is.False);
    }

    [TestCase("Sluice.Rollouts.Planning")]
    [TestCase("Sluice.Rollouts.Analysis")]
    [TestCase("Sluice.Rollouts.State")]
    [TestCase("Sluice.Rollouts.Journal")]
    [TestCase("Sluice.Rollouts.Notifications")]
    [TestCase("Sluice.Rollouts.Reporting")]
    public void What_decides_only_computes(string space)
    {
        var types = Types.InAssembly(Assembly.Load(Rooms.Rollouts)).That().ResideInNamespace(space);

        var result = types.ShouldNot()
            .HaveDependencyOnAny("System.IO", "System.Net", "System.Threading", "System.TimeProvider", "System.Random", "System.Console")
            .GetResult();

        Assert.That(types.GetTypes(), Is.Not.Empty);
        Assert.That(result.FailingTypeNames ?? [], Is.Empty);
    }

    private static void AssertMet(ICustomRule rule)
    {
        var types = Types.InAssemblies(Rooms.All.Select(Assembly.Load));

        var result = types.Should().MeetCustomRule(rule).GetResult();

        Assert.That(types.GetTypes(), Is.Not.Empty);
        Assert.That(result.FailingTypeNames ?? [], Is.Empty);
    }

    /// <summary>Does what no room may, so that a rule which finds nothing can be told from one that finds it.</summary>
    private sealed class Offender
    {
        public static async Task<DateTimeOffset> Now()
        {
            await Task.Yield();
            return DateTimeOffset.UtcNow;
        }
    }
}
