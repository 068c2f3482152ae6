using Sluice.CommandLine;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
internal sealed class StartScriptTests
{
    [TestCase("/src/sluice", "/src/sluice", "./build.sh")]
    [TestCase(null, "/src/sluice", "./build.sh")]
    [TestCase("/src/app/sluice", "/src/app", "./sluice/build.sh")]
    [TestCase("/src/app/tools/sluice", "/src/app", "./tools/sluice/build.sh")]
    [TestCase("/src/sluice", "/src/sluice/models", "../build.sh")]
    [TestCase("/src/sluice", "/src/app", "../sluice/build.sh")]
    [TestCase("/src/our sluice", "/src", "'./our sluice/build.sh'")]
    [TestCase("/src/o'clock", "/src", @"'./o'\''clock/build.sh'")]
    public void The_command_starts_the_script_from_where_the_person_is(string? checkout, string folder, string expected) =>
        Assert.That(StartScript.CommandFrom(checkout, folder, isWindows: false), Is.EqualTo(expected));

    [TestCase("/src/sluice", "/src/sluice", "./build.ps1")]
    [TestCase("/src/our sluice", "/src", "& './our sluice/build.ps1'")]
    [TestCase("/src/o'clock", "/src", "& './o''clock/build.ps1'")]
    public void PowerShell_is_told_to_call_what_is_quoted(string checkout, string folder, string expected) =>
        Assert.That(StartScript.CommandFrom(checkout, folder, isWindows: true), Is.EqualTo(expected));

    [TestCase("config/my file.json", "./build.sh", "'config/my file.json'")]
    [TestCase("it's", "./build.sh", @"'it'\''s'")]
    [TestCase("it's", "& './our sluice/build.ps1'", "'it''s'")]
    [TestCase("models/v2", "./build.ps1", "models/v2")]
    public void An_argument_is_one_word_of_its_shell(string value, string command, string expected) =>
        Assert.That(StartScript.Argument(value, command), Is.EqualTo(expected));
}
