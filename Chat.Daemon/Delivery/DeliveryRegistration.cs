using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Delivery;

internal static class DeliveryRegistration
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton<OnlineUsers>();
}
