using System.Reflection;
using Cake.Frosting;

namespace Sluice.Tests.CakeFrosting;

/// <summary>What compiles on the stand-in has to compile on the official package: no public type or member is missing or added.</summary>
[Category("Unit")]
internal sealed class PublicSurfaceTests
{
    private const string Surface = """
        abstract class AsyncFrostingTask : AsyncFrostingTask<ICakeContext>
        abstract class AsyncFrostingTask<T> : IFrostingTask
          Finally(T context) : Void
          OnError(Exception exception, T context) : Void
          RunAsync(T context) : Task
          ShouldRun(T context) : Boolean
        sealed class CakeHost
          new()
          static Create() : CakeHost
          AddAssembly(Assembly assembly) : CakeHost
          ConfigureServices(Action<IServiceCollection> services) : CakeHost
          Run(IEnumerable<String> args) : Int32
        static class CakeHostExtensions
          static InstallTool(CakeHost host, Uri uri) : CakeHost
          static SetToolPath(CakeHost host, DirectoryPath path) : CakeHost
          static UseCakeSetting(CakeHost host, String key, String value) : CakeHost
          static UseContext<TContext>(CakeHost host) : CakeHost
          static UseLifetime<TLifetime>(CakeHost host) : CakeHost
          static UseModule<TModule>(CakeHost host) : CakeHost
          static UsePackageInstaller<TPackageInstaller>(CakeHost host) : CakeHost
          static UseSetup<TSetup>(CakeHost host) : CakeHost
          static UseStartup<TStartup>(CakeHost host) : CakeHost
          static UseTaskLifetime<TLifetime>(CakeHost host) : CakeHost
          static UseTaskSetup<TSetup>(CakeHost host) : CakeHost
          static UseTaskTeardown<TTeardown>(CakeHost host) : CakeHost
          static UseTeardown<TTeardown>(CakeHost host) : CakeHost
          static UseWorkingDirectory(CakeHost host, DirectoryPath path) : CakeHost
        sealed class ContinueOnErrorAttribute : Attribute
          new()
        class FrostingContext : CakeContextAdapter, IFrostingContext
          new(ICakeContext context)
        sealed class FrostingException : Exception
          new(String message)
          new(String message, Exception innerException)
        abstract class FrostingLifetime : FrostingLifetime<ICakeContext>
        abstract class FrostingLifetime<TContext> : IFrostingLifetime
          Setup(TContext context, ISetupContext info) : Void
          Teardown(TContext context, ITeardownContext info) : Void
        abstract class FrostingSetup : FrostingSetup<ICakeContext>
        abstract class FrostingSetup<TContext> : IFrostingSetup
          Setup(TContext context, ISetupContext info) : Void
        abstract class FrostingTask : FrostingTask<ICakeContext>
        abstract class FrostingTask<T> : IFrostingTask
          Finally(T context) : Void
          OnError(Exception exception, T context) : Void
          Run(T context) : Void
          ShouldRun(T context) : Boolean
        abstract class FrostingTaskLifetime : FrostingTaskLifetime<ICakeContext>
        abstract class FrostingTaskLifetime<TContext> : IFrostingTaskLifetime
          Setup(TContext context, ITaskSetupContext info) : Void
          Teardown(TContext context, ITaskTeardownContext info) : Void
        abstract class FrostingTaskSetup : FrostingTaskSetup<ICakeContext>
        abstract class FrostingTaskSetup<TContext> : IFrostingTaskSetup
          Setup(TContext context, ITaskSetupContext info) : Void
        abstract class FrostingTaskTeardown : FrostingTaskTeardown<ICakeContext>
        abstract class FrostingTaskTeardown<TContext> : IFrostingTaskTeardown
          Teardown(TContext context, ITaskTeardownContext info) : Void
        abstract class FrostingTeardown : FrostingTeardown<ICakeContext>
        abstract class FrostingTeardown<TContext> : IFrostingTeardown
          Teardown(TContext context, ITeardownContext info) : Void
        interface IFrostingContext : ICakeContext
        interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown
        interface IFrostingSetup
          Setup(ICakeContext context, ISetupContext info) : Void
        interface IFrostingStartup
          Configure(IServiceCollection services) : Void
        interface IFrostingTask
          Finally(ICakeContext context) : Void
          OnError(Exception exception, ICakeContext context) : Void
          RunAsync(ICakeContext context) : Task
          ShouldRun(ICakeContext context) : Boolean
          SkippedMessage : String
        interface IFrostingTaskLifetime : IFrostingTaskSetup, IFrostingTaskTeardown
        interface IFrostingTaskSetup
          Setup(ICakeContext context, ITaskSetupContext info) : Void
        interface IFrostingTaskTeardown
          Teardown(ICakeContext context, ITaskTeardownContext info) : Void
        interface IFrostingTeardown
          Teardown(ICakeContext context, ITeardownContext info) : Void
        interface IToolInstaller
          Install(PackageReference tool) : Void
        sealed class IsDependeeOfAttribute : Attribute
          new(Type type)
          Task : Type
        sealed class IsDependentOnAttribute : Attribute
          new(Type type)
          Task : Type
        static class ServiceCollectionExtensions
          static UseCakeSetting(IServiceCollection services, String key, String value) : IServiceCollection
          static UseContext<TContext>(IServiceCollection services) : IServiceCollection
          static UseLifetime<TLifetime>(IServiceCollection services) : IServiceCollection
          static UseModule<TModule>(IServiceCollection services) : IServiceCollection
          static UsePackageInstaller<TPackageInstaller>(IServiceCollection services) : IServiceCollection
          static UseSetup<TSetup>(IServiceCollection services) : IServiceCollection
          static UseTaskLifetime<TLifetime>(IServiceCollection services) : IServiceCollection
          static UseTaskSetup<TSetup>(IServiceCollection services) : IServiceCollection
          static UseTaskTeardown<TTeardown>(IServiceCollection services) : IServiceCollection
          static UseTeardown<TTeardown>(IServiceCollection services) : IServiceCollection
          static UseTool(IServiceCollection services, Uri uri) : IServiceCollection
          static UseToolPath(IServiceCollection services, DirectoryPath toolPath) : IServiceCollection
          static UseWorkingDirectory(IServiceCollection services, DirectoryPath path) : IServiceCollection
        sealed class TaskDescriptionAttribute : Attribute
          new(String description)
          Description : String
        sealed class TaskNameAttribute : Attribute
          new(String name)
          Name : String
        """;

    [Test]
    public void The_public_types_and_members_are_the_official_ones()
    {
        var surface = string.Join('\n', typeof(CakeHost).Assembly.GetExportedTypes().Select(Describe));

        Assert.That(MembersWithTheirTypes(surface), Is.EquivalentTo(MembersWithTheirTypes(Surface)));
    }

    [Test]
    public void There_are_as_many_types_as_in_the_official_package() =>
        Assert.That(
            typeof(CakeHost).Assembly.GetExportedTypes(), Has.Length.EqualTo(36).And.All.Property("Namespace").EqualTo("Cake.Frosting"));

    private static List<string> MembersWithTheirTypes(string surface)
    {
        var type = "";
        var members = new List<string>();
        foreach (var line in surface.Split('\n'))
        {
            type = line.StartsWith(' ') ? type : line;
            members.Add(line.StartsWith(' ') ? $"{type} {line}" : line);
        }

        return members;
    }

    private static string Describe(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var constructors = type.GetConstructors(Declared).Select(constructor => $"  new({Parameters(constructor)})");
        var properties = type.GetProperties(Declared).Select(property => $"  {property.Name} : {Name(property.PropertyType)}");
        var methods = type.GetMethods(Declared).Where(method => !method.IsSpecialName).Select(method =>
            $"  {(method.IsStatic ? "static " : "")}{method.Name}{Generics(method)}({Parameters(method)}) : {Name(method.ReturnType)}");
        return string.Join('\n', [Headline(type), .. constructors, .. properties, .. methods]);
    }

    private static string Headline(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

        // Interfaces that the base or another interface brings are not said again.
        var all = type.GetInterfaces()
            .Where(candidate => candidate.IsPublic && candidate.Namespace!.StartsWith("Cake", StringComparison.Ordinal));
        var inherited = (type.BaseType?.GetInterfaces() ?? []).Concat(type.GetInterfaces().SelectMany(one => one.GetInterfaces()));
        var bases = new[] { type.BaseType }.OfType<Type>().Where(one => one != typeof(object)).Concat(all.Except(inherited)).Select(Name);
        return bases.Any() ? $"{kind} {Name(type)} : {string.Join(", ", bases)}" : $"{kind} {Name(type)}";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
