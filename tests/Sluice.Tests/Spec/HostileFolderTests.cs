using System.Diagnostics;
using System.Net.Sockets;
using Sluice.Rollouts.Assets;

namespace Sluice.Tests.Spec;

/// <summary>A model folder is somebody else's: whatever is in it ends in a sentence, and nothing outside it is read.</summary>
[TestFixture]
[Category("Unit")]
[CancelAfter(60_000)]
public sealed class HostileFolderTests
{
    [Test]
    [Platform(Exclude = "Win")]
    public void A_pipe_in_the_folder_is_refused_and_not_waited_for()
    {
        using var folder = new SpecFolder();
        MakePipe(folder.File("model/pipe"));

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "model/pipe: This is a pipe, a socket or a device; allowed: files and folders." }));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_pipe_behind_a_link_is_refused_too()
    {
        using var folder = new SpecFolder();
        folder.Write("model/.amlignore", "pipe\n");
        MakePipe(folder.File("model/pipe"));
        File.CreateSymbolicLink(folder.File("model/link"), "pipe");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "model/pipe: This is a pipe, a socket or a device; allowed: files and folders." }));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_socket_in_the_folder_is_refused()
    {
        using var folder = new SpecFolder();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.File("model/socket")));

        Assert.That(
            folder.Mistakes(), Is.EqualTo(new[] { "model/socket: This is a pipe, a socket or a device; allowed: files and folders." }));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_device_is_no_model()
    {
        Assert.That(
            () => AssetContents.Read("/dev/zero"),
            Throws.TypeOf<AssetException>().With.Message.StartsWith("This is a pipe, a socket or a device"));
    }

    [TestCase("amlignore")]
    [TestCase("gitignore")]
    [Platform(Exclude = "Win")]
    public void An_ignore_file_that_is_a_pipe_is_refused_and_not_waited_for(string name)
    {
        using var folder = new SpecFolder();
        MakePipe(folder.File($"model/.{name}"));

        Assert.That(
            folder.Mistakes(),
            Is.EqualTo(new[] { $"model/.{name}: This has 0 bytes, or is no file; allowed: a file of at most 1048576 bytes." }));
    }

    [Test]
    public void An_ignore_file_of_many_bytes_is_refused()
    {
        using var folder = new SpecFolder();
        folder.Write("model/.amlignore", new string('a', 1024 * 1024) + "\n");

        Assert.That(
            folder.Mistakes(),
            Is.EqualTo(new[] { "model/.amlignore: This has 1048577 bytes, or is no file; allowed: a file of at most 1048576 bytes." }));
    }

    [TestCase("[z-a].bin")]
    [TestCase("![z-a]")]
    [TestCase("a/[é-a]/*")]
    public void A_pattern_that_cannot_be_read_is_named_with_its_line(string pattern)
    {
        using var folder = new SpecFolder();
        folder.Write("model/.amlignore", $"# a comment\n*.log\n{pattern}\n");

        Assert.That(
            folder.Mistakes(),
            Is.EqualTo(new[]
            {
                $"model/.amlignore: Line 3 has the pattern {pattern}, which cannot be read; allowed: ranges such as [a-z], from low to high.",
            }));
    }

    [Test]
    public void A_pattern_made_to_be_slow_is_not()
    {
        var rules = IgnoreRules.Parse(".amlignore", [string.Concat(Enumerable.Repeat("*a", 40)) + "b"]);

        Assert.That(rules.Exclude(new string('a', 10_000)), Is.False);
    }

    [TestCase("a\\b")]
    [TestCase("..\\..\\etc")]
    [TestCase("line\nbreak")]
    [TestCase("bell\u0007")]
    [TestCase("dot.")]
    [TestCase("...")]
    [Platform(Exclude = "Win")]
    public void A_name_that_would_be_another_one_in_the_blob_store_is_refused(string name)
    {
        using var folder = new SpecFolder();
        folder.Write($"model/{name}", "x");

        Assert.That(
            () => AssetContents.Read(folder.File("model")),
            Throws.TypeOf<AssetException>().With.Message.EqualTo(
                @"The name cannot be a blob's; allowed: no \, no control characters, and no dot at the end."));
    }

    [Test]
    [Platform("Linux")]
    public void Names_that_differ_in_case_or_in_the_form_of_an_accent_are_different_files()
    {
        using var folder = new SpecFolder();
        string[] names = ["A.bin", "a.bin", "\u00e9.bin", "e\u0301.bin"];
        foreach (var name in names)
        {
            folder.Write($"m/{name}", name);
        }

        var contents = AssetContents.Read(folder.File("m"));

        Assert.That(contents.Files.Select(file => file.RelativePath), Is.EquivalentTo(names));
    }

    [Test]
    public void Folders_that_links_multiply_without_end_are_refused()
    {
        using var folder = new SpecFolder();
        for (var level = 0; level < 30; level++)
        {
            Directory.CreateDirectory(folder.File($"model/{level}"));
            if (level > 0)
            {
                Directory.CreateSymbolicLink(folder.File($"model/{level - 1}/left"), folder.File($"model/{level}"));
                Directory.CreateSymbolicLink(folder.File($"model/{level - 1}/right"), folder.File($"model/{level}"));
            }
        }

        Assert.That(
            () => AssetContents.Read(folder.File("model")),
            Throws.TypeOf<AssetException>().With.Message.EqualTo("The folder has more than 200000 entries, each link followed."));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task A_second_name_of_the_same_file_is_a_file()
    {
        using var folder = new SpecFolder();
        using var link = Process.Start("ln", [folder.File("model/conda.yaml"), folder.File("model/again.yaml")]);
        await link.WaitForExitAsync();

        var contents = AssetContents.Read(folder.File("model"));

        Assert.That(contents.Files.Select(file => file.RelativePath), Does.Contain("again.yaml"));
    }

    internal static void MakePipe(string path)
    {
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        Assert.That(make.ExitCode, Is.Zero);
    }
}
