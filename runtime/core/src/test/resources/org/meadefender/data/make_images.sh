#!/bin/sh
# Makes images.csv beside this file with ImageMagick 6.9.11 (Debian: apt install imagemagick): small
# images of many kinds, and the values that ImageMagick itself reads out of them.
# (by way of BMP: the other way, -depth 8, cuts 16 bits off instead of rounding them).
# Lines: name;channels;values;file in base64
set -e
cd "$(dirname "$0")"
out=$(pwd)/images.csv
work=$(mktemp -d)
cd "$work"
printf '\000\020\040\060\100\120\140\160\200\240\300\377' > gray.bin
printf '\000\377\020\300\040\200\021\100\360\010\372\063\147\111\177\200\201\002\300\301\310\030\011\077\377\376\375\001\144\310\062\226\372\171\105\000' > rgb.bin
convert -size 4x3 -depth 8 gray:gray.bin -define png:color-type=0 -define png:exclude-chunk=all gray8.png
convert -size 4x3 -depth 8 gray:gray.bin -evaluate Multiply 0.77 -depth 16 -define png:color-type=0 -define png:bit-depth=16 -define png:exclude-chunk=all gray16.png
convert gray8.png -alpha set -channel A -evaluate set 40% +channel -define png:color-type=4 -define png:exclude-chunk=all gray-alpha.png
convert gray8.png -posterize 16 -depth 4 -define png:exclude-chunk=all gray4.png
convert gray8.png -threshold 40% -define png:bit-depth=1 -define png:color-type=0 -define png:exclude-chunk=all gray1.png
convert gray8.png -quality 95 gray.jpg
convert gray8.png -type Palette BMP3:gray.bmp
convert -size 4x3 -depth 8 rgb:rgb.bin -define png:exclude-chunk=all rgb8.png
convert -size 4x3 -depth 8 rgb:rgb.bin -evaluate Multiply 0.77 -depth 16 -define png:bit-depth=16 -define png:exclude-chunk=all rgb16.png
convert rgb8.png -alpha set -channel A -evaluate set 40% +channel -define png:exclude-chunk=all rgb-alpha.png
convert rgb8.png -colors 5 -define png:exclude-chunk=all PNG8:palette.png
convert rgb8.png -type TrueColor -sampling-factor 1x1 -quality 95 rgb.jpg
convert rgb8.png -colorspace CMYK -sampling-factor 1x1 -quality 100 cmyk.jpg
# The same bytes said to be inks, not brightness and chroma.
{ head -c 17 cmyk.jpg; printf '\000'; tail -c +19 cmyk.jpg; } > inks.jpg
convert rgb8.png -type TrueColor BMP3:rgb.bmp
convert rgb8.png -type TrueColor -compress none rgb.tif
convert rgb8.png rgb.gif
: > "$out"
line() { # name channels format colorspace
  values=$(convert "$1" -alpha off $4 bmp3:- | convert bmp3:- -depth 8 "$3:-" | od -An -v -tu1 | tr -s ' \n' ' ' | sed 's/^ //; s/ $//')
  printf '%s;%s;%s;%s\n' "$1" "$2" "$values" "$(base64 -w0 "$1")" >> "$out"
}
for name in gray8.png gray16.png gray-alpha.png gray4.png gray1.png gray.jpg gray.bmp; do line $name 1 gray; done
for name in rgb8.png rgb16.png rgb-alpha.png palette.png rgb.jpg rgb.bmp rgb.tif rgb.gif; do line $name 3 rgb; done
for name in cmyk.jpg inks.jpg; do line $name 3 rgb "-colorspace sRGB"; done
rm -r "$work"
