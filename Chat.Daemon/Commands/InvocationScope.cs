using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Commands;

/// <summary>Gives the context of an invocation to the services of its scope, above all to capabilities.</summary>
internal sealed class InvocationScope
{
    private CommandContext? context;

    /// <summary>The origin of the <see cref="CommandCall"/>.</summary>
    public object? Origin { get; private set; }

    /// <summary>Makes <see cref="CommandContext"/> available to scoped services.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddScoped<InvocationScope>();
        services.AddScoped(scope => scope.GetRequiredService<InvocationScope>().context
            ?? throw new InvalidOperationException("A command context exists only in the scope of an invocation."));
    }

    public static AsyncServiceScope Create(IServiceProvider container, CommandContext context, object? origin)
    {
        var scope = container.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<InvocationScope>() is { } known) (known.context, known.Origin) = (context, origin);
        return scope;
    }
}
