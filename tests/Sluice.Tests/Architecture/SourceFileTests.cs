namespace Sluice.Tests.Architecture;

[Category("Unit")]
internal sealed class SourceFileTests
{
    private static readonly string[] Folders = ["build", "models", "tests"];

    [Test]
    public void A_file_holds_one_type_and_is_named_after_it()
    {
        var files = SourceFile.Below(Folders).Where(file => file.Types.Count > 0).ToList();

        var others = files.Where(file => file.Types is not [var type] || type != file.Name)
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}");

        Assert.That(files, Is.Not.Empty);
        Assert.That(others, Is.Empty);
    }

    [Test]
    public void A_file_without_a_type_has_no_namespace_for_one()
    {
        // Guards the rule above: a declaration that it overlooks leaves a namespace without types.
        var empty = SourceFile.Below(Folders)
            .Where(file => file.Types.Count == 0 && $"\n{file.Text}".Contains("\nnamespace ", StringComparison.Ordinal));

        Assert.That(empty.Select(file => file.Path), Is.Empty);
    }

    [Test]
    public void No_project_compiles_the_files_of_another()
    {
        var projects = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.csproj", SearchOption.AllDirectories))
            .ToList();

        Assert.That(projects, Is.Not.Empty);
        Assert.That(projects.Select(File.ReadAllText), Has.None.Contain("<Compile Include"));
    }

    [TestCase("namespace A;\n\npublic sealed record Thing(int Count);\n", "Thing")]
    [TestCase("internal readonly record struct Pair<T>(T Left) where T : class;\n", "Pair")]
    [TestCase("public static partial class Tool\n{\n    private sealed class Inner;\n}\n", "Tool")]
    [TestCase("public interface IPort : IDisposable;\n/// class Comment\ninternal enum Kind { One }\n", "IPort", "Kind")]
    [TestCase("public class Box;\npublic class Box<T>;\n", "Box")]
    [TestCase("public delegate Task<int> Handler(string name);\n", "Handler")]
    [TestCase("using System;\n\nConsole.WriteLine();\n")]
    public void The_types_of_a_file_are_those_declared_at_its_top(string text, params string[] types)
    {
        Assert.That(new SourceFile("Any.cs", text).Types, Is.EqualTo(types));
    }

    [TestCase("build/Sluice/Planner.cs", "Planner")]
    [TestCase("build/Sluice/Planner.Stages.cs", "Planner")]
    [TestCase("build/Sluice/Task{T}.cs", "Task")]
    public void The_name_of_a_file_ends_before_its_first_dot_or_brace(string path, string name)
    {
        Assert.That(new SourceFile(path, "").Name, Is.EqualTo(name));
    }
}
