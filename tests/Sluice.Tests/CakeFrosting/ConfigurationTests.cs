using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Path = System.IO.Path;

namespace Sluice.Tests.CakeFrosting;

[Category("Unit")]
[NonParallelizable]
internal sealed class ConfigurationTests
{
    private string _processDirectory = null!;
    private string _directory = null!;

    [SetUp]
    public void CreateDirectory()
    {
        _processDirectory = Environment.CurrentDirectory;
        _directory = Directory.CreateTempSubdirectory("sluice-cake-").FullName;
    }

    [TearDown]
    public void DeleteDirectory()
    {
        Environment.CurrentDirectory = _processDirectory;
        Environment.SetEnvironmentVariable("CAKE_SETTINGS_NOREPORT", null);
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public void The_host_sets_the_working_directory()
    {
        var run = TestHost.Run([typeof(Where)], host => host.UseWorkingDirectory("/").UseWorkingDirectory(_directory), "-t", "Where");

        Assert.That(run.Steps, Is.EqualTo(new[] { new DirectoryPath(_directory).FullPath }));
    }

    [Test]
    public void The_command_lines_working_directory_beats_the_hosts_and_may_be_relative()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_directory, "inner")).FullName;
        Environment.CurrentDirectory = _directory;

        var run = TestHost.Run([typeof(Where)], host => host.UseWorkingDirectory("/"), "--target=Where", "--working=inner");

        Assert.That(run.Steps, Is.EqualTo(new[] { new DirectoryPath(inner).FullPath }));
    }

    [Test]
    public void A_working_directory_that_does_not_exist_is_named()
    {
        var missing = new DirectoryPath(Path.Combine(_directory, "missing")).FullPath;

        var run = TestHost.Run([typeof(Where)], "--target=Where", "--working", missing);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo($"Error: The working directory '{missing}' does not exist.\n"));
        Assert.That(run.Steps, Is.Empty);
    }

    [Test]
    public void Settings_grow_stronger_from_the_host_over_environment_and_file_to_the_command_line()
    {
        var byHost = Reports(host => host.UseCakeSetting("Settings_NoReport", "true"));
        Environment.SetEnvironmentVariable("CAKE_SETTINGS_NOREPORT", "false");
        var byEnvironment = Reports(host => host.UseCakeSetting("Settings_NoReport", "true"));
        File.WriteAllText(Path.Combine(_directory, "cake.config"), "[Settings]\nNoReport=true\n");
        var byFile = Reports(_ => { });
        var byCommandLine = Reports(_ => { }, "--settings_noreport=false");

        Assert.That(new[] { byHost, byEnvironment, byFile, byCommandLine }, Is.EqualTo(new[] { false, true, false, true }));
    }

    [Test]
    public void The_tool_path_is_a_setting()
    {
        var run = TestHost.Run([typeof(ToolPath)], host => host.SetToolPath("some/tools"), "--target=ToolPath");

        Assert.That(run.Steps, Is.EqualTo(new[] { "some/tools" }));
    }

    [TestCase("quiet", "")]
    [TestCase("M", "warning")]
    [TestCase("normal", "banner information warning")]
    [TestCase("Verbose", "banner information verbose warning")]
    [TestCase("d", "banner debug information verbose warning")]
    public void The_verbosity_decides_what_is_told(string verbosity, string told)
    {
        var run = TestHost.Run([typeof(Talking)], "--target=Talking", "--verbosity", verbosity);

        var heard = new[] { "debug", "information", "verbose", "warning" }.Where(word => run.Output.Contains($"{word} told"));
        var banner = run.Output.Contains("====") ? new[] { "banner" } : [];
        Assert.That(string.Join(' ', banner.Concat(heard)), Is.EqualTo(told));
        Assert.That(run.Error, Is.EqualTo("error told\n"));
        Assert.That(run.Report, Is.Not.Empty);
    }

    [Test]
    public void The_verbosity_of_the_configuration_counts_unless_the_command_line_says_another()
    {
        var quiet = TestHost.Run([typeof(Talking)], host => host.UseCakeSetting("Settings_Verbosity", "quiet"), "-t", "Talking");
        var normal = TestHost.Run(
            [typeof(Talking)], host => host.UseCakeSetting("Settings_Verbosity", "quiet"), "-t", "Talking", "-v", "normal");

        Assert.That(quiet.Output, Does.Not.Contain("information told"));
        Assert.That(normal.Output, Does.Contain("information told"));
    }

    [Test]
    public void A_service_of_the_build_replaces_the_hosts_own()
    {
        var arguments = new CakeArguments(new[] { "replaced" }.ToLookup(_ => "name", value => value));

        var run = TestHost.Run(
            [typeof(NameReader)],
            host => host.ConfigureServices(services => services.AddSingleton<ICakeArguments>(arguments)),
            "--target=NameReader", "--name=given");

        Assert.That(run.Steps, Is.EqualTo(new[] { "replaced" }));
    }

    private bool Reports(Action<CakeHost> configure, params string[] args) =>
        TestHost.Run([typeof(Where)], configure, ["--target=Where", $"--working={_directory}", .. args]).Report.Any();

    private sealed class Where(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => steps.Add(context.Environment.WorkingDirectory.FullPath);
    }

    private sealed class NameReader(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => steps.Add(context.Arguments.GetArgument("name"));
    }

    private sealed class ToolPath(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => steps.Add(context.Configuration.GetValue("Paths_Tools"));
    }

    private sealed class Talking : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            context.Debug("debug told");
            context.Verbose("verbose told");
            context.Information("information told");
            context.Warning("warning told");
            context.Error("error told");
        }
    }
}
