using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>Registers tasks with the engine.</summary>
/// <param name="engine">The engine.</param>
/// <param name="context">The context of the run.</param>
/// <param name="log">The log, for tasks that have to be left out.</param>
internal sealed class TaskRegistrar(ICakeEngine engine, IFrostingContext context, ICakeLog log)
{
    /// <summary>Registers the tasks in their order, leaving out those whose context is of another type.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <exception cref="FrostingException">
    /// A dependency is no task, or a class further down from the task base than one step needs another context.
    /// </exception>
    public void Register(IEnumerable<IFrostingTask> tasks)
    {
        foreach (var task in tasks.Where(IsUsable))
        {
            Register(task);
        }
    }

    private static string NameOf(MemberInfo type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private bool IsUsable(IFrostingTask task)
    {
        if (task is not ITaskShape shape || shape.ContextType.IsInstanceOfType(context))
        {
            return true;
        }

        // The official host looks at the direct base only, and breaks down where an unfit context stands further up.
        var type = task.GetType();
        if (type.BaseType is not { IsGenericType: true })
        {
            throw new FrostingException(
                $"Task '{NameOf(type)}' needs the context {shape.ContextType.Name}, but the build's context is {context.GetType().Name}.");
        }

        log.Warning("Task cannot be used since the context isn't convertible to {0}.", shape.ContextType.Name);
        return false;
    }

    private void Register(IFrostingTask task)
    {
        var type = task.GetType();
        var shape = task as ITaskShape;
        var builder = engine.RegisterTask(NameOf(type));

        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { } description)
        {
            builder.Description(description.Description);
        }

        if (shape is not { Runs: false })
        {
            builder.Does(task.RunAsync);
        }

        if (shape is not { HasCriteria: false })
        {
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        }

        if (type.IsDefined(typeof(ContinueOnErrorAttribute), inherit: false))
        {
            builder.ContinueOnError();
        }

        if (shape is not { HandlesErrors: false })
        {
            builder.OnError(task.OnError);
        }

        if (shape is not { CleansUp: false })
        {
            builder.Finally(task.Finally);
        }

        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
        {
            builder.IsDependentOn(TaskName(dependency.Task, "dependency"));
        }

        foreach (var dependee in type.GetCustomAttributes<IsDependeeOfAttribute>())
        {
            builder.IsDependeeOf(TaskName(dependee.Task, "reverse dependency"));
        }
    }

    private static string TaskName(Type type, string role) => typeof(IFrostingTask).IsAssignableFrom(type)
        ? NameOf(type)
        : throw new FrostingException($"The {role} '{type.Name}' is not a valid task.");
}
