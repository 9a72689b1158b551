using Chat.Plugins.Webhooks.Incoming;
using Chat.Plugins.Webhooks.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Webhooks;

/// <summary>Registers the settings, and the services that live as long as the plugin.</summary>
public sealed class WebhooksPlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        plugin.Settings(WebhooksJson.Default.WebhookSettings, settings => settings.Problem);
        plugin.Services.AddSingleton<HookTable>().AddSingleton<Voice>().AddSingleton<Paces>()
            .AddSingleton<DeliveryQueue>().AddSingleton<Failures>().AddSingleton<BackOffs>().AddSingleton<Receivers>()
            .AddSingleton<HookBodies>().AddSingleton<Attempts>();
    }
}
