using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Basics;
using TdmPortal.Core.Generators.Numbers;
using TdmPortal.Core.Generators.Phrases;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Internet;

/// <summary>
/// Addresses and names on the net. Every host lies under a domain that RFC 2606 and RFC 6761 reserve, so that nothing
/// generated can reach a person or a machine.
/// </summary>
internal static class InternetGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("internet.email", "An address made from the person's name, always under a reserved domain, so no mail can reach anybody.", Kinds.Text,
            [Of, Text("domain", "A domain under example.com, example.org, example.net, .test, .example or .invalid.")], "e-mail, mail, contact, login") with { Create = AccountSource.Email },
        Make("internet.userName", "A login name made from the person's name.", Kinds.Text, [Of], "login, handle, account, nickname, screen name") with { Create = AccountSource.UserName },
        Make("internet.password", "Random letters, digits and signs.", Kinds.Text, [Integer("length", "How many characters.", 16, 4, 128)], "secret, credential") with { Create = static c => Password(c) },
        Make("internet.passwordHash", "What a password store holds: a bcrypt-like hash of nothing.", Kinds.Text, [], "bcrypt, digest") with { Create = static c => PhraseSource.Create(c, new Sequence([new Literal("$2b$12$"), new Characters(Characters.Base64, 53)])) },
        Words("internet.domainWord", "The first part of a host name.", "[internet.word]-[internet.word]", "subdomain"),
        Words("internet.domainName", "A domain under a reserved one.", "[internet.word]-[internet.word].[internet.reserved]", "host, site, DNS"),
        Words("internet.hostName", "A machine in a reserved domain.", "[internet.role]-##.[internet.word].[internet.reserved]", "server, machine, FQDN"),
        Words("internet.topLevelDomain", "A reserved top-level domain.", "[internet.reserved_tld]", "TLD"),
        Words("internet.url", "A web address under a reserved domain.", "https://[internet.word].[internet.reserved]/[internet.path]/[internet.word]-[internet.word]", "link, website, address, href, homepage"),
        Words("internet.urlPath", "The path of a web address.", "/[internet.path]/[internet.word] || /[internet.path]/[internet.word]/[internet.word] || /api/v#/[internet.path]/#####", "route, endpoint"),
        Words("internet.imageUrl", "The address of a picture under a reserved domain.", "https://images.example.com/[internet.word]/########.jpg", "photo, picture, avatar, thumbnail"),
        Words("internet.avatarUrl", "The address of a portrait under a reserved domain.", "https://avatars.example.com/~~~~~~~~~~~~.png", "picture, profile image"),
        Make("internet.ipv4", "An IPv4 address, by default from the private and documentation ranges.", Kinds.Text,
            [Option("range", "Which addresses.", "private", "private", "documentation", "any")], "IP, network address, host") with { Create = AddressRanges.Addresses },
        Make("internet.ipv6", "An IPv6 address from the documentation range.", Kinds.Text, [], "IP, network address") with { Create = static c => PhraseSource.Create(c, ["2001:db8:~~~~:~~~~:~~~~:~~~~:~~~~:~~~~"]) },
        Make("internet.cidr", "A private IPv4 network.", Kinds.Text, [], "subnet, network, mask") with { Create = AddressRanges.Networks },
        Make("internet.mac", "A MAC address that is locally administered.", Kinds.Text, [Text("separator", "Between the pairs.", ":")], "hardware address, ethernet, wifi") with { Create = static c => Mac(c) },
        Make("internet.port", "A port number.", Kinds.Whole, [Integer("min", "The smallest.", 1024, 1, 65535), Integer("max", "The greatest.", 65535, 1, 65535)], "tcp, socket") with { Create = static c => UniformSource.Create(c, whole: true) },
        Words("internet.protocol", "http or https.", "[internet.protocol]", "scheme"),
        Words("internet.httpMethod", "A method of HTTP.", "[internet.http_method]", "verb, GET, POST"),
        Make("internet.httpStatus", "A status code of HTTP, 200 most often.", Kinds.Digits, [], "response code, 404") with { Create = static c => ChoiceSource.Create(c, new(["200", "201", "204", "301", "302", "304", "400", "401", "403", "404", "409", "422", "429", "500", "502", "503"], [700, 60, 40, 10, 20, 50, 25, 20, 10, 35, 5, 5, 5, 8, 3, 4])) },
        Words("internet.userAgent", "What a browser says of itself.", "[internet.user_agent]", "browser, client"),
        Words("internet.browser", "A browser by name.", "[internet.browser]", "client"),
        Words("internet.contentType", "A media type of a web response.", "[internet.content_type]", "MIME"),
        Words("internet.slug", "Words joined for an address.", "[internet.word]-[internet.word]-[internet.word]", "permalink, handle"),
        Words("internet.hashtag", "A hashtag.", "\\#[internet.word_title][internet.word_title]", "tag, social"),
        Words("internet.emoji", "An emoji.", "[internet.emoji]", "smiley, icon"),
        Words("internet.color", "A colour as #rrggbb.", "\\#~~~~~~", "hex color, colour, CSS"),
        Words("internet.apiKey", "A key as a service would give it out, marked as a test key.", "tk_test_~~~~~~~~~~~~~~~~~~~~~~~~", "token, secret, credential"),
        Words("internet.sessionId", "A session's identifier.", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~", "cookie, token"),
        Words("internet.etag", "An ETag.", "\"~~~~~~~~~~~~~~~~\"", "cache, version"),
        Words("internet.referrer", "Where a visitor came from, under reserved domains.", "https://search.example.com/ || https://news.example.org/[internet.word] || https://social.example.net/[internet.word]", "referer, source"),
        Words("internet.utmSource", "A campaign's source.", "[internet.utm_source]", "marketing, campaign, channel"),
    ];

    private static ValueSource? Password(SourceContext context)
    {
        var length = (int)context.Integer("length");
        return context.Failed() ? null : PhraseSource.Create(context, new Characters(Characters.Password, Math.Min(length, context.MaxLength ?? length)));
    }

    // The second digit of the first pair says: for one machine, administered locally.
    private static ValueSource? Mac(SourceContext context)
    {
        var separator = context.Text("separator");
        if (separator is not (":" or "-" or "." or ""))
            context.Refuse("separator", "\"separator\" must be one of : - . or empty", false);
        return context.Failed() ? null : PhraseSource.Create(context, [$"02{string.Concat(Enumerable.Repeat($"{separator}~~", 5))}"]);
    }
}
