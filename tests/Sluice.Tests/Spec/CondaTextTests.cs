using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Spec;

/// <summary>
/// Conda files are sent in the official client's form. The expected texts are PyYAML 6.0.3's own: <c>yaml.dump(data, sort_keys=True)</c>.
/// </summary>
[TestFixture]
[Category("Unit")]
internal sealed class CondaTextTests
{
    /// <summary>What PyYAML makes of <c>Samples/environment/conda.yml</c>.</summary>
    public const string SampleText = """
        channels:
        - conda-forge
        dependencies:
        - python=3.10
        - numpy=1.26.4
        - pip=23.0
        - pip:
          - azureml-inference-server-http
          - scikit-learn>=1.2,<2
          - inference-schema[numpy-support]==1.8
        name: model-env

        """;

    /// <summary>What PyYAML makes of texts that look like something else, and of nested lists and maps.</summary>
    private const string Tricky = """
        b: true
        f: 1.5
        i: 3
        list:
        - - a
          - b
        - []
        - {}
        - k:
          - x: y
            z:
            - '1'
        n: null
        variables:
          A: '1'
          B: 'true'
          C: 'yes'
          D: 1e3
          E: '2024-01-02'
          F: 'a: b'
          G: 'a #b'
          H: '- x'
          I: ''
          J: it's
          K: '~'
          L: '0x1f'
          M: :x
          N: 'x:'
          O: -x
          P: a,b
          Q: '[a]'
          R: '%a'
          S: '@a'
          T: '`a'
          U: ' a'
          V: '='
          W: ?a
          X: 'null'
          Y: '.5'
          Z: 1.2.3
          ZA: '1:30'
          ZB: a"b
          ZC: '''a'''

        """;

    [Test]
    public void What_PyYAML_wrote_is_written_in_the_same_way_again() => Assert.That(Written(Tricky), Is.EqualTo(Tricky));

    [Test]
    public void Quotes_go_where_a_text_needs_none_and_keys_are_sorted() =>
        Assert.That(Written("b: \"x-y\"\na: 'z'\n"), Is.EqualTo("a: z\nb: x-y\n"));

    [Test]
    public void A_map_in_the_deployments_file_is_written_like_a_conda_file()
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "instance_count: 1", "environment: {image: i, conda_file: {dependencies: [python=3.10, pip]}}");

        Assert.That(CondaFile(folder), Is.EqualTo("dependencies:\n- python=3.10\n- pip\n"));
    }

    private static string? Written(string conda)
    {
        using var folder = new SpecFolder();
        folder.Write("conda.yml", conda.ReplaceLineEndings("\n"));
        folder.Replace("green.yml", "instance_count: 1", "environment: {image: i, conda_file: conda.yml}");
        return CondaFile(folder);
    }

    private static string? CondaFile(SpecFolder folder)
    {
        var reading = folder.Read();
        Assert.That(reading.Mistakes, Is.Empty);
        return ((InlineEnvironment)reading.Spec!.Green.Environment!).CondaFile;
    }
}
