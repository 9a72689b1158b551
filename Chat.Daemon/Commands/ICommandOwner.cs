using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Commands;

/// <summary>One generation of a plugin, or the daemon itself: whose commands they are.</summary>
internal interface ICommandOwner : IHookOwner
{
    /// <summary>Counts what runs.</summary>
    GenerationTally Tally { get; }

    /// <summary>Keeps the generation from stopping as long as an invocation runs; null where it drains already. Never waits.</summary>
    ICommandLease? TryLease();

    IHookLease? IHookOwner.TryHold() => TryLease();
}

/// <summary>Held by one invocation, from its look-up until its method has really ended. Disposed once.</summary>
internal interface ICommandLease : IHookLease
{
    /// <summary>The invocation's own scope of the owner's container; the invocation disposes it.</summary>
    AsyncServiceScope CreateScope(CommandContext context, object? origin);
}
