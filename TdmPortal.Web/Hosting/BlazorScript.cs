using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace TdmPortal.Web.Hosting;

/// <summary>
/// Serves Blazor's browser script. The package that carries it since .NET 10 is not held by every NuGet source; the
/// ASP.NET Core 9 runtime pack holds the same script as a resource of an assembly, which is read and never loaded
/// (docs/decisions/0003). With UseOfficialBlazorScript the file is not there and the framework serves its own.
/// </summary>
public static class BlazorScript
{
    private const string Path = "/_framework/blazor.web.js";
    private static readonly string Carrier = System.IO.Path.Combine(AppContext.BaseDirectory, "blazor-script", "Microsoft.AspNetCore.Components.Endpoints.dll");
    private static readonly Lazy<Script?> Loaded = new(Load);

    /// <summary>The address for pages, with the content's hash so that browsers may keep it for good.</summary>
    public static string Url => Loaded.Value is { } script ? $"{Path[1..]}?v={script.Hash}" : Path[1..];

    public static void MapBlazorScript(this WebApplication app)
    {
        if (Loaded.Value is not { } script)
            return;
        app.MapGet(Path, (HttpContext context) =>
        {
            var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase);
            var known = context.Request.Query["v"] == script.Hash;
            context.Response.Headers.CacheControl = known ? "public, max-age=31536000, immutable" : "no-cache";
            context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (brotli)
                context.Response.Headers.ContentEncoding = "br";
            return Results.Bytes(brotli ? script.Brotli : script.Plain, "text/javascript; charset=utf-8",
                entityTag: new EntityTagHeaderValue($"\"{script.Hash}{(brotli ? "-br" : "")}\""));
        }).AllowAnonymous();
    }

    private static Script? Load()
    {
        if (!File.Exists(Carrier))
            return null;
        using var file = new PEReader(File.OpenRead(Carrier));
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (!metadata.GetString(resource.Name).EndsWith("blazor.web.js", StringComparison.Ordinal))
                continue;
            var section = file.GetSectionData(file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
            var reader = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
            var plain = reader.ReadBytes(reader.ReadInt32());
            return new Script(plain, Compress(plain), Convert.ToHexStringLower(SHA256.HashData(plain))[..16]);
        }
        throw new InvalidOperationException("blazor.web.js is not inside " + Carrier);
    }

    private static byte[] Compress(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal))
            brotli.Write(plain);
        return output.ToArray();
    }

    private sealed record Script(byte[] Plain, byte[] Brotli, string Hash);
}
