using System.Collections.Immutable;
using Sluice.CommandLine;
using Sluice.Tests.Spec;

namespace Sluice.Tests.Fuzz;

/// <summary>Command lines, with the environment variables that give arguments as well.</summary>
[Category("Fuzz")]
[NonParallelizable]
internal sealed class CommandLineFuzzTests
{
    private static readonly ImmutableArray<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    [Test]
    public async Task Any_command_line_gives_parameters_or_mistakes()
    {
        using var folder = new SpecFolder();
        foreach (var name in new[] { "local.json", "endpoint.yml", "blue.yml", "green.yml", "sample.json", "requests.json" })
        {
            folder.Write($"config/{name}", await File.ReadAllTextAsync(folder.File(name)));
        }

        folder.WriteModel("config/model");
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            var reader = new ParametersReader("./build.sh", folder.Path);
            await new FuzzRun<CommandLineInput>("command line", CommandLineInput.Next, input => Read(reader, input))
                .RunAsync(leastRead: 0.4);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    private static Reach Read(ParametersReader reader, CommandLineInput input)
    {
        var line = CommandLineReader.Read(input.Words, Targets, input.Variables.GetValueOrDefault);
        foreach (var mistake in line.Mistakes)
        {
            FindingException.ThrowUnlessSentence(mistake);
        }

        if (line.Mistakes.Length > 0)
        {
            return Reach.Unparsed;
        }

        var mistakes = new List<string>();
        var parameters = reader.Read(
            line, mistake => mistakes.Add(mistake.Message), note => FindingException.ThrowUnlessSentence(note.Message));
        mistakes.ForEach(FindingException.ThrowUnlessSentence);
        FindingException.ThrowUnless(
            parameters is null == mistakes.Count > 0, "Parameters come with mistakes, or nothing comes and no mistake.");
        if (parameters is not null)
        {
            FindingException.ThrowUnless(
                ParametersReader.ToHost(line, parameters).All(word => word.StartsWith("--", StringComparison.Ordinal)),
                "The host gets a stray word.");
        }

        return parameters is null ? Reach.Judged : Reach.Accepted;
    }
}
