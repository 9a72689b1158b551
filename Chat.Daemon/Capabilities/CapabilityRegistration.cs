using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Capabilities;

internal static class CapabilityRegistration
{
    public static IServiceCollection AddCapabilities(this IServiceCollection services) => services
        .AddSingleton(HostCapabilities.Of)
        .AddSingleton<EventSources>()
        .AddSingleton<DirectoryCapability>()
        .AddSingleton<HttpClientsCapability>()
        .AddSingleton<NoticesCapability>()
        .AddSingleton<AuditCapability>()
        .AddSingleton<NodeList>()
        .AddSingleton<DiagnosticsCapability>();
}
