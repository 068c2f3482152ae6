using System.Diagnostics;
using System.Xml.Linq;

namespace Sluice.IntegrationTests.Bootstrap;

[TestFixture("build.sh")]
[TestFixture("build.ps1")]
[Category("Integration")]
internal sealed class StartScriptTests(string name)
{
    private StartScript _script = null!;
    private SmallRepository _repository = null!;

    // One repository for all tests, because a build takes seconds: undoing a test's edits finds the build of before.
    [OneTimeSetUp]
    public void CreateRepository()
    {
        _script = StartScript.Named(name);
        _repository = new SmallRepository(name);
    }

    [TearDown]
    public void UndoEdits() => _repository.UndoEdits();

    [OneTimeTearDown]
    public void DeleteRepository() => _repository?.Dispose();

    [Test]
    public async Task Arguments_reach_the_program_untouched()
    {
        string[] arguments =
        [
            "--target=Promote", "--name", "a value", "", "--quoted=\"double\" and 'single'", "*", "$HOME", "%PATH%", "`date`", "a;b&c|d",
            @"back\slash", @"at the end\", "\"", "häßlich", "10,50", "--exit=0",
        ];

        var run = await RunAsync(arguments);

        Assert.That(run.Report.Arguments, Is.EqualTo(arguments));
    }

    [Test]
    public async Task The_exit_code_is_the_programs_own([Values(0, 3, 130)] int code)
    {
        var run = await RunAsync($"--exit={code}");

        Assert.That(run.ExitCode, Is.EqualTo(code), run.Error);
    }

    [Test]
    public async Task The_program_keeps_the_callers_directory_and_learns_the_repositorys()
    {
        var elsewhere = _repository.CreateElsewhere("another place");

        var run = await _script.RunAsync(_repository.Script, [], elsewhere);

        Assert.That(run.Report.Directory, Is.EqualTo(elsewhere));
        Assert.That(run.Report.Root, Is.EqualTo(_repository.Root));
        Assert.That(Directory.GetFileSystemEntries(elsewhere), Is.Empty);
    }

    [Test]
    public async Task Links_to_the_script_lead_to_the_repository()
    {
        var links = _repository.CreateElsewhere("links");
        var link = Path.Combine(links, "direct-" + name);
        File.CreateSymbolicLink(link, Path.Combine("..", "a repository", name));
        var linkToLink = Path.Combine(links, "again-" + name);
        File.CreateSymbolicLink(linkToLink, Path.GetFileName(link));

        var run = await _script.RunAsync(linkToLink, ["--exit=4"]);

        Assert.That(run.ExitCode, Is.EqualTo(4), run.Error);
        Assert.That(run.Report.Root, Is.EqualTo(_repository.Root));
    }

    [Test]
    public async Task Without_an_edit_nothing_is_built_again()
    {
        var first = await RunAsync();
        File.SetLastWriteTimeUtc(_repository.Source, DateTime.UtcNow);

        var second = await RunAsync();

        Assert.That(second.Error, Is.Empty);
        Assert.That(second.Report.Folder, Is.EqualTo(first.Report.Folder));
    }

    [Test]
    public async Task An_edit_is_built_and_undoing_it_finds_the_build_of_before()
    {
        var first = await RunAsync();
        _repository.Edit("hello", "good day");
        var edited = await RunAsync();
        _repository.Edit("good day", "hello");

        var undone = await RunAsync();

        Assert.That(edited.Report.Greeting, Is.EqualTo("good day"));
        Assert.That(edited.Report.Folder, Is.Not.EqualTo(first.Report.Folder));
        Assert.That(undone.Report, Has.Property("Greeting").EqualTo("hello").And.Property("Folder").EqualTo(first.Report.Folder));
        Assert.That(undone.Error, Is.Empty);
    }

    [Test]
    public async Task An_edit_that_keeps_the_files_time_and_length_is_built()
    {
        await RunAsync();
        await RunAsync();
        var time = File.GetLastWriteTimeUtc(_repository.Source);
        _repository.Edit("hello", "ahoy!");
        File.SetLastWriteTimeUtc(_repository.Source, time);

        var edited = await RunAsync();

        Assert.That(edited.Report.Greeting, Is.EqualTo("ahoy!"));
    }

    [Test]
    public async Task A_first_build_is_called_that()
    {
        if (Directory.Exists(_repository.Hosts))
        {
            Directory.Delete(_repository.Hosts, recursive: true);
        }

        var run = await RunAsync();

        Assert.That(run.ErrorLines, Has.Exactly(1).StartsWith("Building Sluice, for the first time here."));
    }

    [Test]
    public async Task Sources_that_change_during_the_first_build_are_built_once_more()
    {
        using var repository = new SmallRepository(name);
        repository.Add(Path.Combine("build", "Sluice", "Directory.Build.targets"), """
            <Project>
              <Target Name="EditMeanwhile" AfterTargets="CoreCompile" Condition="!Exists('$(MSBuildThisFileDirectory)Late.cs')">
                <WriteLinesToFile File="$(MSBuildThisFileDirectory)Late.cs" Lines="// Written while the program is built." />
              </Target>
            </Project>
            """);

        var run = await _script.RunAsync(repository.Script, ["--exit=3"]);

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Error);
        Assert.That(run.ErrorLines, Has.Exactly(2).StartsWith("Building Sluice"));
    }

    [Test]
    public async Task A_build_that_can_not_be_written_to_runs_all_the_same()
    {
        var used = Path.Combine((await RunAsync()).Report.Folder, ".used");
        File.Delete(used);
        Directory.CreateDirectory(used);
        try
        {
            var run = await RunAsync("--exit=3");

            Assert.That((run.ExitCode, run.Error), Is.EqualTo((3, "")));
        }
        finally
        {
            Directory.Delete(used);
        }
    }

    [Test]
    public async Task The_program_runs_without_the_streams_that_its_caller_has_closed()
    {
        if (!_script.IsShell)
        {
            Assert.Ignore("PowerShell does not start with closed streams.");
        }

        await RunAsync();
        using var shell = Process.Start(
            new ProcessStartInfo("bash", ["-c", "\"$1\" --exit=3 <&- >&- 2>&-; echo $?", "-", _repository.Script]) { RedirectStandardOutput = true })!;
        var code = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.That(code.Trim(), Is.EqualTo("3"));
    }

    [Test]
    public async Task A_new_file_is_built()
    {
        var first = await RunAsync();
        _repository.Add("Directory.Build.props", "<Project />");

        var second = await RunAsync();

        Assert.That(second.ErrorLines, Has.Exactly(1).StartsWith("Building Sluice, for its sources changed."));
        Assert.That(second.Report.Folder, Is.Not.EqualTo(first.Report.Folder));
    }

    [Test]
    public async Task What_was_restored_and_is_gone_is_restored_again()
    {
        await RunAsync();
        _repository.Edit("hello", "welcome");
        File.Delete(Path.Combine(Path.GetDirectoryName(_repository.Source)!, "obj", "project.assets.json"));

        var run = await RunAsync();

        Assert.That(run.Report.Greeting, Is.EqualTo("welcome"));
        Assert.That(run.ErrorLines, Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_package_that_a_project_file_adds_is_restored()
    {
        await RunAsync();
        _repository.Edit("hello", "welcome back");
        await RunAsync();
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion").Single(package => package.Attribute("Include")?.Value == "Newtonsoft.Json").Attribute("Version")!.Value;
        _repository.Add(
            "Directory.Build.props",
            $"""<Project><ItemGroup><PackageReference Include="Newtonsoft.Json" Version="{version}" /></ItemGroup></Project>""");
        _repository.Edit("\"welcome back\"", "Newtonsoft.Json.JsonConvert.True");

        var run = await RunAsync();

        Assert.That(run.Report.Greeting, Is.EqualTo("true"), run.Error);
    }

    [Test]
    public async Task A_broken_source_shows_the_compilers_errors_and_nothing_else()
    {
        await RunAsync();
        _repository.Edit("return", "retrun");

        var first = await RunAsync();
        var second = await RunAsync();

        foreach (var run in new[] { first, second })
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.ErrorLines.First(), Does.StartWith("Building Sluice, for its sources changed."));
            Assert.That(run.ErrorLines.Skip(1), Is.Not.Empty.And.All.Contains("Program.cs").And.All.Contains("error CS"));
        }
    }

    [Test]
    public async Task Starts_at_the_same_time_build_once()
    {
        _repository.Edit("hello", "good morning");

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync()));

        Assert.That(runs.Select(run => run.Report.Greeting), Is.All.EqualTo("good morning"));
        Assert.That(runs.SelectMany(run => run.ErrorLines), Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_build_of_another_checkout_of_the_same_sources_is_taken_over_as_a_pipeline_s_cache_hands_it_on()
    {
        var built = new DirectoryInfo((await RunAsync()).Report.Folder);
        using var checkout = new SmallRepository(name);
        var handedOn = Directory.CreateDirectory(Path.Combine(checkout.Hosts, built.Name));
        foreach (var file in built.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(handedOn.FullName, file.Name));
        }

        var run = await _script.RunAsync(checkout.Script, []);

        Assert.That(run.Error, Is.Empty, "It was built.");
        Assert.That(run.Report.Folder, Does.StartWith(handedOn.FullName));
        Assert.That(run.Report.Root, Is.EqualTo(checkout.Root));
    }

    [Test]
    public async Task A_lock_whose_owner_died_does_not_stop_a_build()
    {
        if (!_script.IsShell)
        {
            Assert.Ignore("PowerShell's lock is a mutex, which dies with its owner.");
        }

        Directory.CreateDirectory(_repository.Hosts);
        _repository.Edit("hello", "good evening");
        using var dead = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        await dead.WaitForExitAsync();
        File.CreateSymbolicLink(Path.Combine(_repository.Hosts, "lock"), dead.Id.ToString(provider: null));

        var run = await RunAsync();

        Assert.That(run.ExitCode, Is.Zero, run.Error);
    }

    [Test]
    public async Task Where_no_lock_can_be_made_it_says_so_and_ends()
    {
        if (!_script.IsShell)
        {
            Assert.Ignore("PowerShell's lock is a mutex.");
        }

        var file = Path.Combine(_repository.Hosts, "lock");
        Directory.CreateDirectory(_repository.Hosts);
        _repository.Edit("hello", "good night");
        await File.WriteAllTextAsync(file, "no link");
        try
        {
            var run = await RunAsync();

            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Error, Does.Contain(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Of_older_builds_those_used_last_stay_and_the_one_that_still_runs()
    {
        using var repository = new SmallRepository(name);
        var first = await _script.RunAsync(repository.Script, []);
        var running = Path.Combine(repository.Hosts, "running");
        Directory.Move(first.Report.Folder, running);
        using var program = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(running, "Sluice.dll"), "--wait"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        await program.StandardOutput.ReadLineAsync();
        foreach (var days in Enumerable.Range(1, 4))
        {
            var used = Path.Combine(Directory.CreateDirectory(Path.Combine(repository.Hosts, $"old-{days}")).FullName, ".used");
            await File.WriteAllTextAsync(used, "");
            File.SetLastWriteTimeUtc(used, DateTime.UtcNow.AddDays(-days));
        }

        File.SetLastWriteTimeUtc(Path.Combine(running, ".used"), DateTime.UtcNow.AddDays(-9));

        var run = await _script.RunAsync(repository.Script, []);
        var left = Directory.GetDirectories(repository.Hosts).Select(Path.GetFileName);
        await program.StandardInput.WriteLineAsync();
        await program.WaitForExitAsync();

        Assert.That(left, Is.EquivalentTo(
            new[] { Path.GetFileName(Path.TrimEndingDirectorySeparator(run.Report.Folder)), "old-1", "old-2", "running" }));
    }

    [Test]
    public async Task A_missing_SDK_is_told_in_a_sentence_with_a_link()
    {
        _repository.Add("global.json", """{ "sdk": { "version": "99.0.100" } }""");

        var run = await RunAsync();

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.ErrorLines, Has.Exactly(2).Items);
        Assert.That(run.Error, Does.Contain("99.0.100").And.Contain("not installed").And.Contain("https://dotnet.microsoft.com/download"));
    }

    [Test]
    public async Task A_missing_dotnet_is_told_in_a_sentence_with_a_link()
    {
        var programs = _repository.CreateElsewhere("programs without dotnet");
        foreach (var program in new[] { "bash", "cat", "cut", "find", "mkdir", "readlink", "sed", "sort", "sha256sum", "shasum", "uname" })
        {
            if (StartScript.FindOnPath(program) is { } path)
            {
                File.CreateSymbolicLink(Path.Combine(programs, program), path);
            }
        }

        if (!await _script.StartsWithAsync(programs))
        {
            Assert.Ignore($"What runs {_script.Name} here does not start without dotnet on the PATH.");
        }

        var run = await _script.RunAsync(_repository.Script, [], searchPath: programs);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.ErrorLines, Has.Exactly(2).Items);
        Assert.That(run.Error, Does.Contain("no dotnet on the PATH").And.Contain("https://dotnet.microsoft.com/download"));
    }

    [Test]
    public async Task The_shell_becomes_the_program_so_that_signals_reach_it()
    {
        if (!_script.IsShell)
        {
            Assert.Ignore("PowerShell can't replace itself by the program.");
        }

        var run = await RunAsync();

        Assert.That(run.Report.ProcessId, Is.EqualTo(run.Id));
    }

    private Task<StartedProcess> RunAsync(params string[] arguments) => _script.RunAsync(_repository.Script, arguments);
}
