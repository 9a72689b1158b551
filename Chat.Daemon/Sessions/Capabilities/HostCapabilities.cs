using Chat.Daemon.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Sessions.Capabilities;

/// <summary>Makes the capabilities of one invocation, bound to the connection that called.</summary>
internal sealed class HostCapabilities(IServiceProvider daemon) : IHostCapabilities
{
    public void Register(IServiceCollection services)
    {
        InvocationScope.Register(services);
        services.AddSingleton(daemon.GetRequiredService<TimeProvider>());
        Add<IRooms, RoomsCapability>(services);
        Add<IMessages, MessagesCapability>(services);
        Add<IModeration, ModerationCapability>(services);
        Add<IAccounts, AccountsCapability>(services);
        Add<IDaemonControl, DaemonControl>(services);
        services.AddScoped<IHelp>(_ => daemon.GetRequiredService<CommandHelp>());
    }

    private void Add<TContract, TCapability>(IServiceCollection services) where TContract : class where TCapability : class, TContract =>
        services.AddScoped<TContract>(scope => ActivatorUtilities.CreateInstance<TCapability>(daemon, CallerIn(scope)));

    private static Attachment CallerIn(IServiceProvider scope) => scope.GetRequiredService<InvocationScope>().Origin as Attachment
        ?? throw new InvalidOperationException("A capability can be injected in the scope of an invocation only.");
}

internal static class Entities
{
    /// <summary>As plugins know a user.</summary>
    public static User ToUser(this Delivery.Person person) => new(person.Identity.Key, person.Name.Text, person.Role);

    /// <summary>As plugins know a room.</summary>
    public static Room ToRoom(this Rooms.RoomConversation room) =>
        new(room.Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), room.Name.Text, room.Traits.IsPrivate);
}
