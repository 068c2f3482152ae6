using Sluice.Emulator.Faults;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class AnswerMemoryTests
{
    [Test]
    public void The_answer_from_before_the_last_change_is_remembered()
    {
        var memory = new AnswerMemory();

        var given = new[] { "a", "a", "b", "b", "a", "c" }.Select(body => Text(memory.Remember("/x", Answer(body))));

        Assert.That(given, Is.EqualTo(new[] { null, null, "a", "a", "b", "a" }));
    }

    [Test]
    public void Addresses_do_not_mix()
    {
        var memory = new AnswerMemory();
        memory.Remember("/x", Answer("a"));
        memory.Remember("/y", Answer("b"));

        Assert.That(Text(memory.Remember("/x", Answer("c"))), Is.EqualTo("a"));
    }

    [Test]
    public void Another_status_is_a_change()
    {
        var memory = new AnswerMemory();
        memory.Remember("/x", Answer("a") with { Status = 404 });

        Assert.That(memory.Remember("/x", Answer("a"))!.Status, Is.EqualTo(404));
    }

    private static KeptAnswer Answer(string body) => new(200, "text/plain", null, [.. body.Select(character => (byte)character)]);

    private static string? Text(KeptAnswer? answer) => answer is null ? null : string.Concat(answer.Body.Select(value => (char)value));
}
