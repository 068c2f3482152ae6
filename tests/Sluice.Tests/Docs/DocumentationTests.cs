using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Sluice.CommandLine;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Docs;

[TestFixture]
[Category("Unit")]
internal sealed partial class DocumentationTests
{
    private static readonly ImmutableArray<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    private static readonly JObject Schema = JObject.Parse(SpecSchema.Text());

    private static IEnumerable<DocumentedBlock> Fragments() => DocumentedBlock.All().Where(block => block.Language == "json");

    [TestCaseSource(typeof(DocumentedBlock), nameof(DocumentedBlock.Pages))]
    public void Each_command_that_a_page_names_is_one_that_the_program_takes(string page)
    {
        var wrong = Commands().Matches(File.ReadAllText(Repository.File(page)))
            .Select(match => match.Groups["arguments"].Value)
            .Where(line => !line.Contains('<') && !line.Contains('…'))
            .Select(line => (line, CommandLineReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), Targets, _ => null).Mistakes))
            .Where(read => !read.Mistakes.IsEmpty);

        Assert.That(wrong.Select(read => $"{read.line}: {string.Join(" ", read.Mistakes)}"), Is.Empty);
    }

    [TestCaseSource(nameof(Fragments))]
    public void Each_piece_of_configuration_that_a_page_shows_is_one_that_the_program_reads(object fragment)
    {
        var block = (DocumentedBlock)fragment;
        var folder = Directory.CreateTempSubdirectory("sluice-docs-");
        try
        {
            var config = JObject.Parse(File.ReadAllText(Repository.File("config/local.json")));
            config.Merge(InItsPlace(Parsed(block)), new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Replace });
            foreach (var file in Directory.EnumerateFiles(Repository.File("config")))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            config["model"]!["path"] = Repository.File("models/heart-classifier/v2");
            config["model"]!["baseline"] = Repository.File("models/heart-classifier/v1");
            var path = Path.Combine(folder.FullName, "shown.json");
            File.WriteAllText(path, config.ToString());

            var reading = SpecReader.Read(path, SpecOverrides.None);

            Assert.That(reading.Mistakes, Is.Empty);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCaseSource(typeof(DocumentedBlock), nameof(DocumentedBlock.Pages))]
    public void Each_link_of_a_page_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Repository.File(page))!;
        var text = File.ReadAllText(Repository.File(page));

        var broken = Links().Matches(text)
            .Select(match => match.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal))
            .Where(to => !Leads(to));

        Assert.That(broken, Is.Empty);

        bool Leads(string to)
        {
            var parts = to.Split('#', 2);
            var file = parts[0].Length == 0 ? Repository.File(page) : Path.GetFullPath(parts[0], folder);
            return (File.Exists(file) || Directory.Exists(file)) && (parts.Length == 1 || Headings(file).Contains(parts[1]));
        }
    }

    private static IEnumerable<string> Headings(string file) => File.ReadLines(file)
        .Where(line => line.StartsWith('#'))
        .Select(line => Unspoken().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>What a page shows may be a whole file, or the inside of a map.</summary>
    private static JObject Parsed(DocumentedBlock block)
    {
        var text = string.Join('\n', block.Lines).Trim();
        return JObject.Parse(text.StartsWith('{') ? text : $"{{ {text} }}");
    }

    private static JObject InItsPlace(JObject fragment)
    {
        var names = fragment.Properties().Select(property => property.Name).ToArray();
        return names.All(name => Schema["properties"]![name] is not null) ? fragment
            : names.All(name => Schema["properties"]!["rollout"]!["properties"]![name] is not null) ? new JObject { ["rollout"] = fragment }
            : throw new AssertionException($"{string.Join(", ", names)} are no keys of the file, nor of rollout.");
    }

    [GeneratedRegex(@"\./build\.sh(?<arguments>( +--?[^ `\n,;]+)+)")]
    private static partial Regex Commands();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex Unspoken();
}
