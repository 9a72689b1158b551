using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Commands;

/// <summary>Owns commands that stay as long as the daemon runs.</summary>
internal sealed class ContainerOwner(string id, IServiceProvider container) : ICommandOwner, ICommandLease
{
    public string Id => id;

    public GenerationTally Tally { get; } = new();

    public CancellationToken Stopping => CancellationToken.None;

    public ICommandLease? TryLease() => this;

    public AsyncServiceScope CreateScope(CommandContext context, object? origin) => InvocationScope.Create(container, context, origin);

    public void Dispose()
    {
    }
}

/// <summary>Makes the context of an invocation known to what is injected into it, capabilities above all.</summary>
internal sealed class InvocationScope
{
    private CommandContext? context;

    /// <summary>What the host passed with the call.</summary>
    public object? Origin { get; private set; }

    /// <summary>Afterwards <see cref="CommandContext"/> can be injected into whatever is scoped.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddScoped<InvocationScope>();
        services.AddScoped(scope => scope.GetRequiredService<InvocationScope>().context
            ?? throw new InvalidOperationException("There is a command context in an invocation's scope only."));
    }

    public static AsyncServiceScope Create(IServiceProvider container, CommandContext context, object? origin)
    {
        var scope = container.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<InvocationScope>() is { } known) (known.context, known.Origin) = (context, origin);
        return scope;
    }
}
